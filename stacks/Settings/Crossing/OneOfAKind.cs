namespace Stacks.Settings.Crossing;

/// <summary>What a production stack has one of, so that the loss of one pod, node or zone is an outage.</summary>
internal static class OneOfAKind
{
    public static IEnumerable<SettingsProblem> Check(PlatformSettings settings) =>
        settings.Production ? [.. OfStudios(settings), .. OfNodes(settings), .. OfZones(settings), .. OfServers(settings)] : [];

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
            GkeClusterSettings gke => (At.Cluster["gke"], gke.NodePools.Values.Where(pool => pool.TakesEveryPod).Sum(pool => pool.Minimum)),
            _ => (At.Cluster, int.MaxValue),
        };
        if (nodes < 2)
        {
            yield return SettingsProblem.Warning(
                at["nodePools"], "has one node for everything that is no pipeline, and a production stack is away while it is replaced",
                "two nodes or more without taints, so that they stand in two zones", "minimum: 2", $"{nodes}");
        }
    }

    // A zonal cluster is refused in production; a regional one whose open nodes all stand in one zone is no better.
    private static IEnumerable<SettingsProblem> OfZones(PlatformSettings settings)
    {
        if (settings.Cluster is not GkeClusterSettings gke)
        {
            yield break;
        }

        GkeNodePoolSettings[] open = [.. gke.NodePools.Values.Where(pool => pool is { TakesEveryPod: true, Minimum: > 0 })];
        if (open.All(pool => pool.Zones.Length > 0) && open.SelectMany(pool => pool.Zones).Distinct().ToArray() is [var zone])
        {
            yield return SettingsProblem.Warning(
                At.Cluster["gke"]["nodePools"], "has the nodes for everything that is no pipeline in one zone, and a production stack is away when the zone is",
                "two zones or more for nodes without taints", "remove zones of a pool, or name two", zone);
        }
    }

    private static IEnumerable<SettingsProblem> OfServers(PlatformSettings settings)
    {
        if (settings.Storage is FilestoreStorageSettings { Offered.IsRegional: false } filestore)
        {
            yield return SettingsProblem.Warning(
                At.Storage["filestore"][nameof(filestore.Tier)], "keeps the files of a production stack in one zone, and nobody reads them while the zone is away",
                "regional or enterprise", "tier: regional", SettingPath.KeyFor($"{filestore.Tier}"));
        }

        if (settings.Redis is InClusterRedisSettings)
        {
            yield return SettingsProblem.Warning(
                SettingPath.Top(nameof(PlatformSettings.Redis))["inCluster"], "leaves a production stack without sessions while its one pod moves to another node",
                "a server with a replica", "redis.elastiCache, redis.memorystore or redis.existing");
        }
    }
}
