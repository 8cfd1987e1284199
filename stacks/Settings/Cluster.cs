using Infra.Clusters;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>Where the cluster comes from.</summary>
[ExactlyOne(nameof(Eks), nameof(AdoptedEks), nameof(Gke), nameof(AdoptedGke), nameof(Existing))]
public sealed record ClusterSettings
{
    [Setting("An EKS cluster that this stack makes, with its network.")]
    public EksClusterSettings? Eks { get; init; }

    [Setting("An EKS cluster that somebody else made, found by its name; AWS resources can stand beside it.")]
    public AdoptedEksSettings? AdoptedEks { get; init; }

    [Setting("A GKE cluster that this stack makes, with its network.")]
    public GkeClusterSettings? Gke { get; init; }

    [Setting("A GKE cluster that somebody else made, found by its name; Google Cloud resources can stand beside it.")]
    public AdoptedGkeSettings? AdoptedGke { get; init; }

    [Setting("A cluster that somebody else made and looks after.")]
    public ExistingClusterSettings? Existing { get; init; }
}

/// <summary>How to reach a cluster that exists.</summary>
public sealed record ExistingClusterSettings : IChecked
{
    [Setting("Context in the kubeconfig of whoever deploys, or in platform:kubeconfig.", Absent = "the current context of platform:kubeconfig", Example = "kind-studios")]
    [Length(1, 253)]
    public string? Context { get; init; }

    [Setting("The whole text of a kubeconfig for the cluster, for deployments from CI.")]
    [Secret("kubeconfig")]
    public SecretSetting? Kubeconfig { get; init; }

    [Setting("Name people know the cluster by. Another name means another cluster, and everything on it is made anew.", Absent = "the context", Example = "studios")]
    [Length(1, 253)]
    public string? Name { get; init; }

    [Setting("Whose control plane it is; decides which ingress and identity features are offered.")]
    public ClusterKind Kind { get; init; } = ClusterKind.Kubernetes;

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at) => (Context, Kubeconfig, Name) switch
    {
        (null, null, _) =>
        [
            new(
                at[nameof(Context)],
                "is missing, and there is no platform:kubeconfig either",
                "the name of a kubeconfig context, or the secret platform:kubeconfig",
                "add context: <name>; kubectl config get-contexts lists the names"),
        ],
        (null, { }, null) =>
        [
            new(
                at[nameof(Name)],
                "is missing, and no context stands in for it",
                "the name people know the cluster by",
                "add name: <name>"),
        ],
        _ => [],
    };
}

/// <summary>The rule of everything that stands beside the nodes in their VPC: the stack has to know which one that is.</summary>
internal static class VpcClusterRule
{
    public static SettingsProblem? Broken(PlatformSettings platform, SettingPath at) => platform.Cluster is null or { Eks: not null } or { AdoptedEks: not null }
        ? null
        : new SettingsProblem(
            at, "needs the VPC of the cluster, and the stack file does not say it", "a cluster of the kind eks or adoptedEks", "describe the cluster as adoptedEks, or choose another kind here");
}

/// <summary>The rule of everything that stands beside the nodes in their network: the stack has to know which one that is.</summary>
internal static class GkeClusterRule
{
    public static SettingsProblem? Broken(PlatformSettings platform, SettingPath at) => platform.Cluster is null or { Gke: not null } or { AdoptedGke: not null }
        ? null
        : new SettingsProblem(
            at, "needs a GKE cluster, and the stack file does not describe one", "a cluster of the kind gke or adoptedGke", "describe the cluster as adoptedGke, or choose another kind here");
}
