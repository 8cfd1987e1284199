using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Pulumirpc;
using Rehearsal.Graph;
using Rehearsal.Registration;

namespace Rehearsal.Services;

/// <summary>A program names the stack's own resource, which the engine knows by its type already.</summary>
internal sealed class SetRootResourceVerb(EngineContext context) : Verb<SetRootResourceRequest>(Methods.SetRootResource, SetRootResourceRequest.Parser)
{
    protected override IMessage Answer(SetRootResourceRequest request) => context.Graph.Root?.Urn == Urn.Parse(request.Urn)
        ? new Empty()
        : throw context.Events.Refuse($"'{request.Urn}' cannot be the root: {(context.Graph.Root is { } root ? $"'{root.Urn}' is" : "no stack is registered")}");
}
