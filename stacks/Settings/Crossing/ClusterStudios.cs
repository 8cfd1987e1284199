using System.Collections.Immutable;
using Infra.Clusters;
using Infra.Studios;

namespace Stacks.Settings.Crossing;

/// <summary>What routes and runs Studios, on a cluster that does not have it.</summary>
internal static class ClusterStudios
{
    internal const string Aws = "aws";
    internal const string Google = "gcp";

    public static IEnumerable<SettingsProblem> Check(PlatformSettings settings) => (settings.Cluster, settings.Studios) is ({ } cluster, { } studios)
        ? [.. CheckController(cluster, studios), .. CheckSshBalancer(cluster, studios), .. CheckNodes(cluster, studios)]
        : [];

    private static IEnumerable<SettingsProblem> CheckController(ClusterSettings cluster, StudiosSettings studios)
    {
        (string Key, string Cloud, string Kind)? controller = studios.Ingress switch
        {
            AlbIngressSettings => ("alb", Aws, "EKS"),
            GceIngressSettings => ("gce", Google, "GKE"),
            _ => null,
        };
        if (controller is var (key, cloud, kind) && cluster.Cloud != cloud)
        {
            yield return new(
                At.Ingress[key], $"is a controller of {kind}, and platform:cluster describes {Words(cluster)}", $"traefik or nginx, or a cluster of {kind}",
                Fix(cluster, kind, "choose another controller"));
        }
    }

    private static IEnumerable<SettingsProblem> CheckSshBalancer(ClusterSettings cluster, StudiosSettings studios)
    {
        (string Cloud, string Kind)? wanted = studios.Ssh?.OwnHost?.LoadBalancer switch
        {
            SshLoadBalancer.AwsNetworkLoadBalancer or SshLoadBalancer.EksAutoMode => (Aws, "EKS"),
            SshLoadBalancer.GooglePassthrough => (Google, "GKE"),
            _ => null,
        };
        if (studios.Ssh?.OwnHost?.LoadBalancer is SshLoadBalancer.AwsNetworkLoadBalancer or SshLoadBalancer.EksAutoMode && cluster is EksClusterSettings eks)
        {
            var made = eks.IsAuto ? SshLoadBalancer.EksAutoMode : SshLoadBalancer.AwsNetworkLoadBalancer;
            if (studios.Ssh.OwnHost.LoadBalancer != made)
            {
                yield return new(
                    At.Studios[nameof(studios.Ssh)][nameof(studios.Ssh.OwnHost)][nameof(SshOwnHostSettings.LoadBalancer)],
                    $"is made by what this cluster does not have: platform:cluster.eks is {(eks.IsAuto ? "" : "not ")}in Auto Mode",
                    SettingPath.KeyFor($"{made}"), "remove loadBalancer", SettingPath.KeyFor($"{studios.Ssh.OwnHost.LoadBalancer}"));
            }
        }
        else if (wanted is var (cloud, kind) && cluster.Cloud != cloud)
        {
            var loadBalancer = SettingPath.KeyFor($"{studios.Ssh!.OwnHost!.LoadBalancer}");
            yield return new(
                At.Studios[nameof(studios.Ssh)][nameof(studios.Ssh.OwnHost)][nameof(SshOwnHostSettings.LoadBalancer)],
                $"is made by {kind} alone, and platform:cluster describes {Words(cluster)}",
                $"clusterDefault, or a cluster of {kind}",
                Fix(cluster, kind, "loadBalancer: clusterDefault"),
                loadBalancer);
        }
    }

    private static IEnumerable<SettingsProblem> CheckNodes(ClusterSettings cluster, StudiosSettings studios)
    {
        var pools = NodePools.Of(cluster);
        var selector = studios.Pods.NodeSelector.Where(label => !NodePools.IsWellKnown(label.Key)).ToImmutableArray();
        if (!pools.IsEmpty && !selector.IsEmpty && !pools.Values.Any(pool => selector.All(label => pool.Labels.GetValueOrDefault(label.Key) == label.Value)))
        {
            yield return new(
                At.Studios[nameof(studios.Pods)][nameof(studios.Pods.NodeSelector)],
                "asks for labels that no node pool of platform:cluster has, and the pods would never be scheduled",
                "labels of one of the pools",
                $"add them to the labels of a pool ({string.Join(", ", pools.Keys)}), or remove nodeSelector",
                string.Join(", ", selector.Select(label => $"{label.Key}: {label.Value}")));
        }

        if (cluster is EksClusterSettings { NodePools.IsEmpty: false } eks && eks.NodePools.Values.All(pool => pool.NodeImage.IsArm))
        {
            yield return new(
                At.Cluster["eks"][nameof(eks.NodePools)], "have Graviton processors alone, and the vendor makes the images of connect for x86-64",
                "one pool or more of x86-64 while there is platform:studios", "add a pool: studios: { instanceTypes: [m7i.large] }");
        }
    }

    internal static string Words(ClusterSettings cluster) => cluster.Cloud switch
    {
        Aws => "one of EKS",
        Google => "one of GKE",
        _ => "plain Kubernetes",
    };

    internal static string Fix(ClusterSettings cluster, string kind, string other) => cluster is ExistingClusterSettings
        ? $"set platform:cluster.existing.kind: {SettingPath.KeyFor(kind.ToLowerInvariant())} if it is one, or {other}"
        : other;
}

/// <summary>A node pool of a cluster that this stack makes, as far as both clouds have it in common.</summary>
internal sealed record NodePool(ImmutableSortedDictionary<string, string> Labels, ImmutableArray<NodeTaintSettings> Taints, int Maximum)
{
    /// <summary>The taints that the cloud adds by itself, or those of nodes that it makes when they are asked for.</summary>
    public ImmutableArray<NodeTaint> AddedTaints { get; init; } = [];

    /// <summary>Whether nodes are given up while pods run there, unless the pods say otherwise.</summary>
    public bool GivesNodesUp { get; init; }

    /// <summary>The taints that keep pods away.</summary>
    public IEnumerable<NodeTaintSettings> HardTaints => Taints.Where(taint => taint.Effect is not NodeTaintEffect.PreferNoSchedule);

    /// <summary>Whether its nodes are machines with accelerators, which head jobs have no use for.</summary>
    public bool Accelerated { get; init; }
}

/// <summary>The node pools of a cluster.</summary>
internal static class NodePools
{
    // GKE documentation, "Node auto-provisioning": a node pool that GKE makes has a thousand nodes at most.
    private const int MostOfAGroup = 1000;

    private static readonly ImmutableArray<string> CloudsDomains = ["kubernetes.io", "k8s.io", "amazonaws.com", "google.com"];

    /// <summary>Those that this stack makes, by name; empty where others look after the nodes.</summary>
    public static ImmutableSortedDictionary<string, NodePool> Of(ClusterSettings? cluster) => cluster switch
    {
        EksClusterSettings eks => Named(
            eks.NodePools,
            pool => new NodePool(pool.Labels, pool.EffectiveTaints, pool.Maximum) { Accelerated = pool.NodeImage.Accelerator is not Accelerator.None })
            // A node has one vCPU at least.
            .SetItems(Named(eks.Provisioned.Pools, pool => new NodePool(pool.Labels, pool.Taints, pool.Limits.Cpu) { GivesNodesUp = true })),
        GkeClusterSettings gke => Named(gke.NodePools, Of).SetItems(Groups(gke)),
        _ => ImmutableSortedDictionary<string, NodePool>.Empty,
    };

    /// <summary>Whether the kubelet or the cloud sets a label itself, as topology.kubernetes.io/zone or cloud.google.com/gke-spot.</summary>
    public static bool IsWellKnown(string label) =>
        label.Split('/') is [var domain, _] && CloudsDomains.Any(owner => domain == owner || domain.EndsWith($".{owner}", StringComparison.Ordinal));

    private static NodePool Of(GkeNodePoolSettings pool) => new(pool.Labels, pool.Taints, pool.Maximum)
    {
        Accelerated = pool.EffectiveAccelerator is not null,
        AddedTaints = pool.AddedTaints,
    };

    // Nodes that GKE makes for whoever asks: each group with what has to be asked for. A pool of the same name is refused.
    private static IEnumerable<KeyValuePair<string, NodePool>> Groups(GkeClusterSettings gke) => gke.AutoProvisioning is { Enabled: true } provisioning
        ? provisioning.NodeGroups.Select(entry => entry.Value.Group(entry.Key)).Select(group =>
            KeyValuePair.Create(group.Name, new NodePool(group.Labels, [], MostOfAGroup) { AddedTaints = group.Taints }))
        : [];

    private static ImmutableSortedDictionary<string, NodePool> Named<T>(ImmutableSortedDictionary<string, T> pools, Func<T, NodePool> pool) =>
        pools.ToImmutableSortedDictionary(entry => entry.Key, entry => pool(entry.Value), StringComparer.Ordinal);
}
