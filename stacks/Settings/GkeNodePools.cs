using System.Collections.Immutable;
using Infra.Clusters;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>A node pool of a GKE cluster; counts are of all zones together.</summary>
public sealed record GkeNodePoolSettings : IChecked
{
    [Setting("Machine type of the nodes. With another one they are replaced one by one, and their pods move.")]
    [Form(Form.MachineType)]
    public required string MachineType { get; init; }

    [Setting("Fewest nodes.")]
    [Range(0, 1000)]
    public int Minimum { get; init; } = GkeNodePool.DefaultMinimum;

    [Setting("Most nodes.")]
    [Range(1, 1000)]
    public int Maximum { get; init; } = GkeNodePool.DefaultMaximum;

    [Setting("Use spare capacity, which is cheap and which Google takes back at half a minute's notice.")]
    public bool Spot { get; init; }

    [Setting("Disk of each node in GiB, for images, logs and emptyDir volumes.")]
    [Range(20, 65536)]
    public int DiskGiB { get; init; } = GkeNodePool.DefaultDiskGiB;

    [Setting("Type of that disk.", Absent = "the first that the machine series takes: a balanced one")]
    public GkeDiskType? DiskType { get; init; }

    [Setting(
        "GPUs of the nodes. Other ones are another pool.",
        Absent = "those that the machine type brings, with the driver that GKE has for the nodes' version",
        Example = "{ type: nvidia-tesla-t4 }")]
    public GkeAcceleratorSettings? Accelerator { get; init; }

    [Setting("Zones of the nodes, for machines that not every zone has.", Absent = "those of the cluster", Example = "[europe-west1-b, europe-west1-c]")]
    [Form(Form.GcpName)]
    public ImmutableArray<string> Zones { get; init; } = [];

    [Setting("How GKE replaces nodes when it upgrades them.", Absent = "one more than usual while the others are replaced one by one")]
    public GkeUpgradeSettings Upgrade { get; init; } = new GkeSurgeUpgradeSettings();

    [Setting("Labels of the nodes.", Absent = "none", Example = "{ workload: pipelines }")]
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    [Setting("Taints of the nodes.", Absent = "none")]
    public ImmutableArray<NodeTaintSettings> Taints { get; init; } = [];

    /// <summary>The GPUs of each node, said or brought by the machine type; null for none.</summary>
    public GkeAccelerator? EffectiveAccelerator =>
        (GkeMachineSeries.Gpus(MachineType), Accelerator) switch
        {
            ({ } brought, var given) => Of(given, brought.Gpu, brought.Count),
            (null, { Type: { } type } given) => Of(given, type, given.Count ?? 1),
            _ => null,
        };

    /// <summary>The taints that GKE adds.</summary>
    public ImmutableArray<NodeTaint> AddedTaints => GkeNodePool.AddedTaints(MachineType, EffectiveAccelerator is not null);

    /// <summary>All taints of the nodes.</summary>
    public ImmutableArray<NodeTaint> EffectiveTaints => [.. Taints.Select(taint => taint.Taint), .. AddedTaints];

    /// <summary>Whether pods that say nothing about nodes run there.</summary>
    public bool TakesEveryPod => EffectiveTaints.IsEmpty;

    /// <summary>The pool as it is made.</summary>
    public GkeNodePool Pool(string name) => new(name, MachineType)
    {
        Accelerator = EffectiveAccelerator,
        DiskGiB = DiskGiB,
        DiskType = DiskType,
        Labels = Labels.ToImmutableDictionary(),
        Maximum = Maximum,
        Minimum = Minimum,
        Spot = Spot,
        Taints = [.. Taints.Select(taint => taint.Taint)],
        Upgrade = Upgrade.Upgrade,
        Zones = Zones,
    };

    private static GkeAccelerator Of(GkeAcceleratorSettings? given, string type, int count) => new(type, count)
    {
        Driver = given?.Driver ?? GkeAccelerator.DefaultDriver,
        Partition = given?.Partition,
        Sharers = given?.Sharers,
    };

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (Minimum > Maximum)
        {
            yield return new(at[nameof(Minimum)], "is more than maximum", $"0 to {Maximum}", "raise maximum or lower minimum", $"{Minimum}");
        }

        foreach (var problem in GkePoolRules.Check(this, platform, at))
        {
            yield return problem;
        }

        if (platform.Production && Spot && TakesEveryPod)
        {
            yield return new(
                at[nameof(Spot)],
                "lets Google take nodes back at half a minute's notice, and what a production stack protects may run on them",
                "false, or true with a taint that keeps everything away but pipelines",
                "taints: [{ key: workload, value: pipelines, effect: noSchedule }]",
                "true");
        }
    }
}

/// <summary>GPUs of the nodes of a pool.</summary>
public sealed record GkeAcceleratorSettings
{
    [Setting("Type of the GPUs.", Absent = "that of the machine type, which has to bring them", Example = "nvidia-tesla-t4")]
    [Form(Form.GpuType)]
    public string? Type { get; init; }

    [Setting("GPUs of each node.", Absent = "those of the machine type, or 1")]
    [Range(1, 16)]
    public int? Count { get; init; }

    [Setting("Which driver GKE installs; with disabled pods see no GPU until somebody else has installed one.")]
    public GkeGpuDriver Driver { get; init; } = GkeAccelerator.DefaultDriver;

    [Setting("Size of the parts that each GPU is cut into, so that several containers have one each.", Absent = "not cut", Example = "1g.5gb")]
    [Length(4, 20)]
    public string? Partition { get; init; }

    [Setting("Containers that take turns on each GPU, or part of it.", Absent = "one at a time")]
    [Range(2, GkeAccelerator.MostSharers)]
    public int? Sharers { get; init; }
}

/// <summary>How GKE replaces the nodes of a pool.</summary>
[Kind<GkeSurgeUpgradeSettings>("surge", "Some nodes at a time, within the pool.")]
[Kind<GkeBlueGreenUpgradeSettings>("blueGreen", "A second set of nodes beside the first, which is kept for a while as the way back: twice the capacity.")]
public abstract record GkeUpgradeSettings
{
    private protected GkeUpgradeSettings()
    {
    }

    public abstract GkeUpgrade Upgrade { get; }
}

/// <summary>Some nodes at a time.</summary>
public sealed record GkeSurgeUpgradeSettings : GkeUpgradeSettings, IChecked
{
    [Setting("Nodes that are added before old ones go; 0 where there is no spare capacity, as of GPUs.")]
    [Range(0, 20)]
    public int MaxSurge { get; init; } = GkeSurgeUpgrade.DefaultMaxSurge;

    [Setting("Nodes that go before new ones are there.")]
    [Range(0, 20)]
    public int MaxUnavailable { get; init; } = GkeSurgeUpgrade.DefaultMaxUnavailable;

    public override GkeUpgrade Upgrade => new GkeSurgeUpgrade { MaxSurge = MaxSurge, MaxUnavailable = MaxUnavailable };

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (MaxSurge == 0 && MaxUnavailable == 0)
        {
            yield return new(
                at[nameof(MaxUnavailable)], "is 0 as maxSurge is, so that no node could ever be replaced", "1 or more in one of the two",
                "maxUnavailable: 1, which works without spare capacity", "0");
        }
    }
}

/// <summary>A second set of nodes beside the first.</summary>
public sealed record GkeBlueGreenUpgradeSettings : GkeUpgradeSettings
{
    [Setting("Old nodes that are drained at a time.")]
    [Range(1, 1000)]
    public int BatchNodes { get; init; } = GkeBlueGreenUpgrade.DefaultBatchNodes;

    [Setting("Minutes to wait after each batch.")]
    [Range(0, 10080)]
    public int BatchSoakMinutes { get; init; } = GkeBlueGreenUpgrade.DefaultBatchSoakMinutes;

    [Setting("Minutes for which the old nodes stay when all are drained, for the way back.")]
    [Range(0, 10080)]
    public int SoakMinutes { get; init; } = GkeBlueGreenUpgrade.DefaultSoakMinutes;

    public override GkeUpgrade Upgrade =>
        new GkeBlueGreenUpgrade { BatchNodes = BatchNodes, BatchSoakMinutes = BatchSoakMinutes, SoakMinutes = SoakMinutes };
}
