using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Infra.Tower;

namespace Stacks.Settings.Crossing;

/// <summary>The node pool of an environment, and pools that no environment names.</summary>
internal static partial class EnvironmentNodes
{
    public static IEnumerable<SettingsProblem> Check(PlatformSettings settings)
    {
        var pools = NodePools.Of(settings.Cluster);
        var environments = settings.Tower?.Environments ?? ImmutableSortedDictionary<string, TowerEnvironmentSettings>.Empty;
        return
        [
            .. environments.SelectMany(environment => CheckPool(environment.Key, environment.Value, settings.Cluster, pools)),
            .. settings.Cluster is { } cluster ? CheckUnused(cluster, pools, environments.Values, Pods(settings)) : [],
        ];
    }

    /// <summary>What the pods of an environment need to run on its pool; null for an environment without one.</summary>
    public static PipelineNodes? Of(TowerEnvironmentSettings environment, ClusterSettings? cluster) =>
        environment.NodePool is { Text: var name } && NodePools.Of(cluster).GetValueOrDefault(name) is { } pool
            ? new PipelineNodes(pool.Labels, [.. pool.Taints.Select(taint => taint.Taint), .. pool.AddedTaints])
            {
                HeadJobsElsewhere = pool.Accelerated,
                KeepsNode = pool.GivesNodesUp,
            }
            : null;

    private static IEnumerable<SettingsProblem> CheckPool(
        string name, TowerEnvironmentSettings environment, ClusterSettings? cluster, ImmutableSortedDictionary<string, NodePool> pools)
    {
        var at = At.Environment(name)[nameof(environment.NodePool)];
        if (environment.NodePool is not { Text: var given } || cluster is null)
        {
            yield break;
        }

        if (!pools.TryGetValue(given, out var pool))
        {
            yield return pools.IsEmpty
                ? new(
                    at, "names a node pool, and this stack makes none", "a pool of platform:cluster.eks or platform:cluster.gke",
                    "say nodeSelector and tolerations in launch.headPodSpec and launch.nextflowConfig, and remove nodePool", given)
                : new(at, "is no node pool of platform:cluster", string.Join(", ", pools.Keys), $"for example nodePool: {pools.Keys.First()}", given);
            yield break;
        }

        if (pool.Labels.IsEmpty)
        {
            yield return new(
                At.NodePool(cluster, given)[nameof(NodePool.Labels)], $"is missing, and {at} can find the nodes by nothing else",
                "one label or more", $"add labels: {{ workload: {given} }}");
        }
        else if (!pool.Accelerated && Of(environment, cluster)!.Contradiction(environment.Launch.HeadPodSpec) is { } label)
        {
            yield return new(
                At.Environment(name)[nameof(environment.Launch)][nameof(TowerLaunchSettings.HeadPodSpec)],
                $"asks for another {label} in its nodeSelector than the pool {given} has, and no node would do",
                $"a nodeSelector without {label}, or no nodePool",
                $"remove {label} from headPodSpec",
                environment.Launch.HeadPodSpec);
        }

        if (environment.Launch.NextflowConfig is { } config && PodScope().IsMatch(config))
        {
            yield return new(
                At.Environment(name)[nameof(environment.Launch)][nameof(TowerLaunchSettings.NextflowConfig)],
                $"sets k8s.pod, which would take the place of the nodes of the pool {given}",
                "pod options in process.pod, or no nodePool",
                "move them to process.pod",
                config);
        }
    }

    // The scope of Nextflow's configuration in which the nodes are written; what an operator sets there comes later and takes its place.
    [GeneratedRegex(@"\bk8s\s*(\.\s*pod\b|\{[^}]*\bpod\s*=)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PodScope();

    // Nodes that nothing may use cost money at their minimum, and pipelines that were meant for them crowd the others.
    private static IEnumerable<SettingsProblem> CheckUnused(
        ClusterSettings cluster,
        ImmutableSortedDictionary<string, NodePool> pools,
        IEnumerable<TowerEnvironmentSettings> environments,
        ImmutableArray<PodSettings> pods) =>
        from pool in pools
        let taints = pool.Value.HardTaints.ToImmutableArray()
        where !taints.IsEmpty
            && !environments.Any(environment => environment.NodePool?.Text == pool.Key || taints.All(taint => Mentions(environment.Launch, taint.Key)))
            && !pods.Any(pod => taints.All(taint => pod.Tolerations.Any(toleration => toleration.Tolerates(taint))))
        select SettingsProblem.Warning(
            At.NodePool(cluster, pool.Key)[nameof(NodePool.Taints)], "keep every pod away, and nothing in this stack tolerates them",
            "taints that an environment of platform:tower, or a pod of platform:studios, platform:redis or platform:workbench, tolerates",
            $"add nodePool: {pool.Key} to an environment, or let the pool have no taints",
            string.Join(", ", taints.Select(hard => $"{hard.Key}={hard.Value}:{hard.Effect}")));

    // Every workload of the stack whose pods an operator may give tolerations.
    private static ImmutableArray<PodSettings> Pods(PlatformSettings settings) =>
    [
        .. settings.Studios is { } studios ? new[] { studios.Proxy.Pod, studios.Server.Pod } : [],
        .. settings.Redis is InClusterRedisSettings redis ? new[] { redis.Pod } : [],
        .. settings.Workbench is { } workbench ? new[] { new PodSettings { Tolerations = workbench.Sessions.Tolerations } } : [],
    ];

    // An operator may have written the toleration by hand.
    private static bool Mentions(TowerLaunchSettings launch, string key) =>
        new[] { launch.HeadPodSpec, launch.ServicePodSpec, launch.NextflowConfig }.Any(text => text?.Contains(key, StringComparison.Ordinal) == true);
}
