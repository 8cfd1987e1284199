using Infra.Clusters;
using Stacks.Settings.Declaring;
using Stacks.Settings.Values;

namespace Stacks.Settings;

/// <summary>Where the cluster comes from.</summary>
[Kind<EksClusterSettings>("eks", "An EKS cluster that this stack makes, with its network.")]
[Kind<AdoptedEksSettings>("adoptedEks", "An existing EKS cluster, found by its name; AWS resources can stand beside it.")]
[Kind<GkeClusterSettings>("gke", "A GKE cluster that this stack makes, with its network.")]
[Kind<AdoptedGkeSettings>("adoptedGke", "An existing GKE cluster, found by its name; Google Cloud resources can stand beside it.")]
[Kind<ExistingClusterSettings>("existing", "An existing cluster of any kind, reached with a kubeconfig and looked after elsewhere.")]
public abstract record ClusterSettings
{
    private protected ClusterSettings()
    {
    }

    /// <summary>The cloud that runs it, by the name that the version matrix has for it; null where none is known.</summary>
    public abstract string? Cloud { get; }

    /// <summary>Scheme of the buckets that pods of this cluster reach through Fusion; null where they reach none.</summary>
    public virtual string? BucketScheme => null;

    public abstract T Match<T>(IClusterKinds<T> kinds);
}

/// <summary>Something to do for each kind of cluster.</summary>
public interface IClusterKinds<out T>
{
    T Eks(EksClusterSettings settings);

    T AdoptedEks(AdoptedEksSettings settings);

    T Gke(GkeClusterSettings settings);

    T AdoptedGke(AdoptedGkeSettings settings);

    T Existing(ExistingClusterSettings settings);
}

/// <summary>An EKS cluster, made by this stack or adopted: AWS resources can stand beside its nodes.</summary>
public abstract record AnyEksSettings : ClusterSettings
{
    private protected AnyEksSettings()
    {
    }

    public override string? Cloud => "aws";

    public override string? BucketScheme => "s3";

    /// <summary>Where the cluster looks up who an IAM principal is.</summary>
    public abstract EksAuthenticationMode Authentication { get; }

    /// <summary>The VPC, where this stack does not make it.</summary>
    public abstract ExistingNetworkSettings? ExistingNetwork { get; }
}

/// <summary>A GKE cluster, made by this stack or adopted: Google Cloud resources can stand beside its nodes.</summary>
public abstract record AnyGkeSettings : ClusterSettings
{
    private protected AnyGkeSettings()
    {
    }

    public override string? Cloud => "gcp";

    public override string? BucketScheme => "gs";

    /// <summary>Region or zone of the control plane; null for the region of platform:gcp.</summary>
    public abstract GkeLocation? Location { get; init; }
}

/// <summary>How to reach a cluster that exists.</summary>
public sealed record ExistingClusterSettings : ClusterSettings, IChecked
{
    [Setting(
        "Context in the kubeconfig of the user who deploys, or in platform:kubeconfig.",
        Absent = "the current context of platform:kubeconfig",
        Example = "kind-studios")]
    [Length(1, 253)]
    public string? Context { get; init; }

    [Setting("The whole text of a kubeconfig for the cluster, for deployments from CI.")]
    [Secret("kubeconfig")]
    public SecretSetting? Kubeconfig { get; init; }

    [Setting(
        "Name people know the cluster by. Another name means another cluster, and everything on it is made anew.", Absent = "the context", Example = "studios")]
    [Length(1, 253)]
    public string? Name { get; init; }

    [Setting("Whose control plane it is; decides which ingress and identity features are offered.")]
    public ClusterKind Kind { get; init; } = ExistingClusterArgs.DefaultKind;

    public override string? Cloud => Kind switch
    {
        ClusterKind.Eks => "aws",
        ClusterKind.Gke => "gcp",
        _ => null,
    };

    /// <summary>What its cloud calls it and where it stands, where name or context say it; null where neither does.</summary>
    public ClusterIdentity? CloudIdentity => ClusterIdentity.Of(Name, Kind) ?? ClusterIdentity.Of(Context, Kind);

    public override T Match<T>(IClusterKinds<T> kinds) => kinds.Existing(this);

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
                at[nameof(Name)], "is missing, and no context stands in for it", "the name people know the cluster by", "add name: <name>"),
        ],
        _ => [],
    };
}

/// <summary>The rules of everything that stands beside the nodes in their network: the stack has to know which network that is.</summary>
internal static class ClusterRules
{
    public static IEnumerable<SettingsProblem> NeedsEks(PlatformSettings platform, SettingPath at) => platform.Cluster is null or AnyEksSettings
        ? []
        :
        [
            new(
                at,
                "needs the VPC of the cluster, and the stack file does not say it",
                "a cluster of the kind eks or adoptedEks",
                "describe the cluster as adoptedEks, or choose another kind here"),
        ];

    public static IEnumerable<SettingsProblem> NeedsGke(PlatformSettings platform, SettingPath at) => platform.Cluster is null or AnyGkeSettings
        ? []
        :
        [
            new(
                at,
                "needs a GKE cluster, and the stack file does not describe one",
                "a cluster of the kind gke or adoptedGke",
                "describe the cluster as adoptedGke, or choose another kind here"),
        ];
}
