using Google.Protobuf;
using Pulumirpc;
using Rehearsal.Registration;

namespace Rehearsal.Services;

/// <summary>A program calls a method of a remote component or a provider, which only a plugin could answer.</summary>
internal sealed class CallVerb(EngineContext context) : Verb<ResourceCallRequest>(Methods.Call, ResourceCallRequest.Parser)
{
    protected override IMessage Answer(ResourceCallRequest request)
        => throw context.Events.Refuse($"the method '{request.Tok}' belongs to a plugin, and this engine runs none: preview with the Pulumi CLI");
}
