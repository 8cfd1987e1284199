namespace Stacks.Settings.Crossing;

/// <summary>Storage that only one node sees, on a cluster that has several.</summary>
internal static class ClusterStorage
{
    public static IEnumerable<SettingsProblem> Check(PlatformSettings settings)
    {
        // None where others look after the nodes: then the operator's singleNodeDemo is all there is to go by.
        var nodes = NodePools.Of(settings.Cluster).Values.Sum(pool => pool.Maximum);
        var several = settings.Cluster is EksClusterSettings { IsAuto: true } ? "as many nodes as pods need" : nodes > 1 ? $"{nodes}" : null;
        if (settings.Storage is not HostPathStorageSettings hostPath || several is null)
        {
            yield break;
        }

        yield return new(
            At.Storage["hostPath"], $"is a directory of one node, and platform:cluster may have {several}: pods on the others see an empty one",
            "storage that every node mounts, or a cluster of one node", "describe efs, filestore, nfs or existingClass, or one node pool with maximum: 1",
            hostPath.Path);
    }
}
