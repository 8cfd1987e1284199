namespace Stacks.Settings.Crossing;

/// <summary>What a production stack has one of, so that the loss of one pod or node is an outage.</summary>
internal static class OneOfAKind
{
    public static IEnumerable<SettingsProblem> Check(PlatformSettings settings) =>
        settings.Production ? [.. OfStudios(settings), .. OfNodes(settings)] : [];

    private static IEnumerable<SettingsProblem> OfStudios(PlatformSettings settings)
    {
        if (settings.Studios is not { } studios)
        {
            yield break;
        }

        (string Key, int Replicas)[] workloads = [(nameof(studios.Server), studios.Server.Replicas), (nameof(studios.Proxy), studios.Proxy.Replicas)];
        foreach (var (key, _) in workloads.Where(workload => workload.Replicas == 1))
        {
            yield return SettingsProblem.Warning(
                At.Studios[key]["replicas"],
                "leaves a production stack without sessions while its one pod moves to another node",
                "2 or more",
                "replicas: 2",
                "1");
        }
    }

    private static IEnumerable<SettingsProblem> OfNodes(PlatformSettings settings)
    {
        var (at, nodes) = settings.Cluster switch
        {
            EksClusterSettings { IsAuto: false } eks =>
                (At.Cluster["eks"], eks.NodePools.Values.Where(EksClusterSettings.TakesEveryPod).Sum(pool => pool.Desired ?? pool.Minimum)),
            GkeClusterSettings gke => (At.Cluster["gke"], gke.NodePools.Values.Where(pool => pool.Taints.IsEmpty).Sum(pool => pool.Minimum)),
            _ => (At.Cluster, int.MaxValue),
        };
        if (nodes < 2)
        {
            yield return SettingsProblem.Warning(
                at["nodePools"], "has one node for everything that is no pipeline, and a production stack is away while it is replaced",
                "two nodes or more without taints, so that they stand in two zones", "minimum: 2", $"{nodes}");
        }
    }

}
