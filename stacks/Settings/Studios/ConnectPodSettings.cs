using System.Collections.Immutable;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>What the pods of connect-server and connect-proxy have in common.</summary>
public sealed record ConnectPodSettings
{
    [Setting("Node labels they need besides kubernetes.io/arch: amd64.", Example = "{ pool: platform }")]
    public ImmutableSortedDictionary<string, string> NodeSelector { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    [Setting("Let the cluster choose user and group, as OpenShift's restricted-v2 demands.")]
    public bool ClusterChoosesUser { get; init; }

    [Setting("Make the containers' root file system read-only.")]
    public bool ReadOnlyRootFilesystem { get; init; }

    [Setting("Restrict who may talk to them and whom they may talk to.")]
    public bool NetworkPolicies { get; init; } = true;
}
