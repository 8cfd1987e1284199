using Google.Protobuf;
using Protocol;
using Pulumirpc;
using Rehearsal.Registration;

namespace Rehearsal.Services;

/// <summary>A program registers a resource.</summary>
internal sealed class RegisterResourceVerb(EngineContext context, Registrar registrar, PackageReferences packages)
    : Verb<RegisterResourceRequest>(Methods.RegisterResource, RegisterResourceRequest.Parser)
{
    protected override IMessage Answer(RegisterResourceRequest request)
    {
        if (request.Remote) throw Remote(request);
        var resource = registrar.Register(packages.Apply(GoalDecoder.Decode(request), request.PackageRef));
        return new RegisterResourceResponse
        {
            Urn = resource.Urn.Value,
            Id = resource.State.Id ?? "",
            Object = ReplyEncoder.Encode(resource.State.Outputs, request.AcceptSecrets, request.AcceptResources),
        };
    }

    private GrpcException Remote(RegisterResourceRequest request)
        => context.Events.Refuse($"'{request.Name}' ({request.Type}) is a remote component: its plugin would create its children, and this engine runs no plugins. "
            + "Use a component that is part of the program, or preview with the Pulumi CLI.");
}
