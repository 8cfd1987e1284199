using Google.Protobuf;
using Pulumirpc;
using Rehearsal.Graph;
using Rehearsal.Registration;
using Rehearsal.Wire;

namespace Rehearsal.Services;

/// <summary>A program reads a resource that it does not manage.</summary>
internal sealed class ReadResourceVerb(ResourceReader reader, PackageReferences packages) : Verb<ReadResourceRequest>(Methods.ReadResource, ReadResourceRequest.Parser)
{
    protected override IMessage Answer(ReadResourceRequest request)
    {
        var goal = new ResourceGoal
        {
            Type = request.Type,
            Name = request.Name,
            Parent = GoalDecoder.OptionalUrn(request.Parent),
            Custom = true,
            Properties = GoalDecoder.WithoutDependencies(PropertyDecoder.Decode(request.Properties)),
            Dependencies = GoalDecoder.Urns(request.Dependencies),
            Provider = request.Provider,
            Version = request.Version,
            PluginDownloadUrl = request.PluginDownloadURL,
            AdditionalSecretOutputs = [.. request.AdditionalSecretOutputs],
        };
        var resource = reader.Read(packages.Apply(goal, request.PackageRef), request.Id);
        return new ReadResourceResponse { Urn = resource.Urn.Value, Properties = ReplyEncoder.Encode(resource.State.Outputs, request.AcceptSecrets, request.AcceptResources) };
    }
}
