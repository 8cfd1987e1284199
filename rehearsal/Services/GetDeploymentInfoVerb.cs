using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Pulumirpc;

namespace Rehearsal.Services;

/// <summary>A program asks what it is run for.</summary>
internal sealed class GetDeploymentInfoVerb(RehearsalRequest run) : Verb<Empty>(Methods.GetDeploymentInfo, Empty.Parser)
{
    protected override IMessage Answer(Empty request) => new DeploymentInfo
    {
        Project = run.Project,
        Stack = run.Stack,
        Organization = run.Organization,
        Config = { run.Config },
        ConfigSecretKeys = { run.SecretKeys },
        DryRun = true,
        Parallel = run.Parallel,
        SupportedFeatures = { SupportsFeatureVerb.Features.Values.Order() },
    };
}
