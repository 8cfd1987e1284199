using System.Collections.Immutable;
using Infra.Clusters;
using Infra.LoadBalancing;
using Pulumi;
using Stacks.Settings;
using Stacks.Settings.Declaring;

namespace Stacks.Wiring;

/// <summary>What every concept's wiring may need: the whole settings, the way to a secret's value, and what was made before.</summary>
internal sealed record StackContext(PlatformSettings Settings, Func<SecretSetting, Output<string>> Secret)
{
    private readonly AwsWiring? _aws;
    private readonly GcpWiring? _gcp;
    private readonly ICluster? _cluster;

    /// <summary>Whether the stateful resources of a part, one of <see cref="ProtectedParts"/>, refuse to be deleted.</summary>
    public bool Protects(string part) => Settings.Production && !ProtectedParts.IsOpened(Settings.Unprotected, part);

    public AwsWiring Aws
    {
        get => _aws ?? throw Missing("platform:aws");
        init => _aws = value;
    }

    public GcpWiring Gcp
    {
        get => _gcp ?? throw Missing("platform:gcp");
        init => _gcp = value;
    }

    public ICluster Cluster
    {
        get => _cluster ?? throw Missing("platform:cluster");
        init => _cluster = value;
    }

    public IEksCluster Eks => Cluster as IEksCluster ?? throw Missing("an EKS cluster in platform:cluster");

    public IGkeCluster Gke => Cluster as IGkeCluster ?? throw Missing("a GKE cluster in platform:cluster");

    /// <summary>The zone of platform:dns; null without one.</summary>
    public StackZone? Zone { get; init; }

    /// <summary>The Traefik that this stack installs; null without one.</summary>
    public TraefikController? Traefik { get; init; }

    /// <summary>Controllers that have to run before what is put on the cluster, and as long as it is there.</summary>
    public ImmutableArray<Resource> Controllers { get; init; } = [];

    /// <summary>Options of a component whose objects live on the cluster.</summary>
    public ComponentResourceOptions OnCluster() => Controllers.IsEmpty
        ? new() { Providers = { Cluster.Provider } }
        : new() { Providers = { Cluster.Provider }, DependsOn = [.. Controllers] };

    // The rules of the settings refuse such a stack file before anything is made.
    private static RunException Missing(string what) => new($"The stack file asks for something that needs {what}: describe it.");
}
