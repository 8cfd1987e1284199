using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Pulumirpc;
using Rehearsal.Graph;

namespace Rehearsal.Services;

/// <summary>A program asks for the stack's own resource.</summary>
internal sealed class GetRootResourceVerb(ResourceGraph graph) : Verb<Empty>(Methods.GetRootResource, Empty.Parser)
{
    protected override IMessage Answer(Empty request) => new GetRootResourceResponse { Urn = graph.Root?.Urn.Value ?? "" };
}
