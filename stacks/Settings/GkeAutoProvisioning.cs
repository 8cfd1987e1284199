using System.Collections.Immutable;
using Infra.Clusters;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>Node auto-provisioning of a GKE cluster; limits are of all nodes together, those of the pools of this stack included.</summary>
public sealed record GkeAutoProvisioningSettings : IChecked
{
    // The fewest virtual processors of a machine that GKE takes by itself, of E2; so many nodes there may be at most.
    private const int FewestCpus = 2;

    [Setting("Whether GKE makes node pools. Say false to end it: what is only removed from the stack file stays on.")]
    public bool Enabled { get; init; } = true;

    [Setting("Most virtual processors of all nodes.", Example = "200")]
    [Range(1, 100000)]
    public required int Cpus { get; init; }

    [Setting("Most memory of all nodes in GiB.", Example = "800")]
    [Range(1, 1000000)]
    public required int MemoryGiB { get; init; }

    [Setting("Most GPUs of all nodes, by type.", Absent = "no node with GPUs is made", Example = "{ nvidia-l4: 4 }")]
    [Entry(Form.GpuType)]
    [Range(1, 10000)]
    public ImmutableSortedDictionary<string, int> Gpus { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    [Setting("Disk of each new node in GiB.")]
    [Range(20, 65536)]
    public int DiskGiB { get; init; } = GkeNodePool.DefaultDiskGiB;

    [Setting("How GKE replaces the new nodes when it upgrades them.", Absent = "one more than usual while the others are replaced one by one")]
    public GkeUpgradeSettings Upgrade { get; init; } = new GkeSurgeUpgradeSettings();

    [Setting("Nodes for the runs of environments that name them as their nodePool.", Absent = "none", Example = "{ burst: { spot: true } }")]
    [Entry(Form.KubernetesEntry)]
    public ImmutableSortedDictionary<string, GkeNodeGroupSettings> NodeGroups { get; init; } = ImmutableSortedDictionary<string, GkeNodeGroupSettings>.Empty;

    public GkeAutoProvisioning Provisioning => new(Cpus, MemoryGiB) { DiskGiB = DiskGiB, Enabled = Enabled, Gpus = Gpus, Upgrade = Upgrade.Upgrade };

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (platform.Cluster is not GkeClusterSettings cluster || !Enabled)
        {
            return [];
        }

        return
        [
            .. CheckLimits(cluster, at), .. CheckGroups(cluster, at), .. CheckAddresses(cluster, at), .. GkePlaceRules.Check(this, cluster, platform, at),
        ];
    }

    // The limits hold for the pools of the stack as well (GKE documentation, "Node auto-provisioning", resource limits).
    private IEnumerable<SettingsProblem> CheckLimits(GkeClusterSettings cluster, SettingPath at)
    {
        var pools = cluster.NodePools.Values.Select(pool => (Pool: pool, Cpus: GkeMachineSeries.Cpus(pool.MachineType) ?? 0)).ToList();
        var (fewest, most) = (pools.Sum(entry => entry.Pool.Minimum * entry.Cpus), pools.Sum(entry => entry.Pool.Maximum * entry.Cpus));
        if (Cpus < fewest)
        {
            yield return new(
                at[nameof(Cpus)], $"is less than the {fewest} virtual processors that nodePools start with, and GKE would add no node at all",
                $"more than {fewest}", $"cpus: {most}, which lets every pool grow", $"{Cpus}");
        }
        else if (Cpus < most)
        {
            yield return SettingsProblem.Warning(
                at[nameof(Cpus)], $"holds for nodePools as well, which could grow to {most} virtual processors", $"{most} or more, or smaller pools",
                $"cpus: {most}", $"{Cpus}");
        }

        foreach (var (name, pool) in cluster.NodePools)
        {
            if (pool.EffectiveAccelerator is { } gpus && Gpus.TryGetValue(gpus.Type, out var limit) && limit < pool.Maximum * gpus.Count)
            {
                yield return SettingsProblem.Warning(
                    at[nameof(Gpus)].Entry(gpus.Type), $"holds for the pool {name} as well, which could grow to {pool.Maximum * gpus.Count}",
                    $"{pool.Maximum * gpus.Count} or more, or a smaller pool", $"{gpus.Type}: {pool.Maximum * gpus.Count}", $"{limit}");
            }
        }
    }

    private IEnumerable<SettingsProblem> CheckGroups(GkeClusterSettings cluster, SettingPath at)
    {
        foreach (var (name, group) in NodeGroups)
        {
            var here = at[nameof(NodeGroups)].Entry(name);
            if (cluster.NodePools.ContainsKey(name))
            {
                yield return new(
                    here, "has the name of one of nodePools, and an environment could not tell them apart", "another name", $"for example {name}-burst");
            }

            if (group.MachineSeries is { } series && !GkeMachineTable.Current.Series[series].Boot.Contains(GkeDiskType.PdBalanced.Name()))
            {
                yield return new(
                    here[nameof(group.MachineSeries)], "starts from Hyperdisk only, and the nodes that GKE makes have Persistent Disks",
                    "a series that starts from pd-balanced", "for example n2; a pool of nodePools has the disk of its own series", series);
            }
            else if (group.MachineSeries is { } accelerated && GkeMachineTable.Current.BringsGpus(accelerated))
            {
                yield return new(
                    here[nameof(group.MachineSeries)],
                    "has GPUs, and GKE makes such nodes only for pods that ask for one: all others of a run would wait for ever",
                    "a series without GPUs",
                    "remove machineSeries, and give gpus a limit: GKE finds the machine for each process that asks for GPUs",
                    accelerated);
            }
        }
    }

    private IEnumerable<SettingsProblem> CheckAddresses(GkeClusterSettings cluster, SettingPath at)
    {
        var nodes = Math.Max(Cpus / FewestCpus, GkeNodePool.MostNodes(cluster.NodePools.Select(pool => pool.Value.Pool(pool.Key))));
        var pods = cluster.Network.Match(create => (Infra.Networks.Ipv4Block?)create.Pods, existing => existing.Pods);
        if (pods is { } block && Infra.Networks.PodRange.Nodes(block, cluster.PodsPerNode) is var room && room < nodes)
        {
            yield return SettingsProblem.Warning(
                at[nameof(Cpus)], $"is enough for {nodes} small nodes, and the pods' range, {block}, has blocks for {room} of {cluster.PodsPerNode} pods",
                $"a /{Infra.Networks.PodRange.PrefixFor(nodes, cluster.PodsPerNode)} or larger for pods, or {room * FewestCpus} or less here",
                "lower cpus or podsPerNode, or give pods more addresses before the cluster is made", $"{Cpus}");
        }
    }
}

/// <summary>Nodes that GKE makes for the runs of one environment or several.</summary>
public sealed record GkeNodeGroupSettings
{
    [Setting("Series of the machines.", Absent = "what GKE finds best, as a rule E2", Example = "n2")]
    [Form(Form.MachineSeries)]
    public string? MachineSeries { get; init; }

    [Setting("Use spare capacity, which is cheap and which Google takes back at half a minute's notice.")]
    public bool Spot { get; init; }

    internal GkeNodeGroup Group(string name) => new(name, MachineSeries, Spot);
}
