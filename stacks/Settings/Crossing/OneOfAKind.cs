namespace Stacks.Settings.Crossing;

/// <summary>What a production stack has one of, so that the loss of one pod, node or zone is an outage.</summary>
internal static class OneOfAKind
{
    public static IEnumerable<SettingsProblem> Check(PlatformSettings settings) =>
        settings.Production ? [.. OfStudios(settings), .. OfNodes(settings), .. OfRedis(settings), .. OfStorage(settings)] : [];

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
            EksClusterSettings eks =>
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

    private static IEnumerable<SettingsProblem> OfRedis(PlatformSettings settings)
    {
        if (settings.Redis is InClusterRedisSettings)
        {
            yield return SettingsProblem.Warning(
                SettingPath.Top(nameof(settings.Redis))["inCluster"],
                "is one pod, and nobody signs in to a session while it moves to another node",
                "a server that is there twice", "redis: { elastiCache: {} } on EKS, { memorystore: {} } on GKE, or existing");
        }
    }

    private static IEnumerable<SettingsProblem> OfStorage(PlatformSettings settings)
    {
        if (settings.Storage is FsxLustreStorageSettings)
        {
            yield return SettingsProblem.Warning(
                At.Storage["fsxLustre"], "stands in one zone, as every file system of its kind, and is away with it",
                "efs for what a production stack cannot be without", "storage: { efs: {} }, or bear it for work that can be done again");
        }

        if (settings.Storage is FilestoreStorageSettings { Offered.IsRegional: false } filestore
            && settings.Cluster is AnyGkeSettings { Location: null or { IsZonal: false } })
        {
            yield return SettingsProblem.Warning(
                At.Storage["filestore"][nameof(filestore.Tier)], "stands in one zone of a cluster that has several, and is away with it",
                "regional or enterprise", "tier: regional", SettingPath.KeyFor($"{filestore.Tier}"));
        }
    }
}
