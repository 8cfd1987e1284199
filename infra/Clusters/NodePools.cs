using System.Collections.Immutable;

namespace Infra.Clusters;

/// <summary>One managed node group.</summary>
/// <param name="Name">Its key in the stack file and part of its name.</param>
/// <param name="InstanceTypes">EC2 instance types; several for spot capacity, so that one being scarce does not matter.</param>
public sealed record EksNodePool(string Name, ImmutableArray<string> InstanceTypes)
{
    public const int DefaultMinimum = 1;
    public const int DefaultMaximum = 3;
    public const int DefaultDiskGiB = 80;
    public const int DefaultMaxUnavailablePercent = 33;

    /// <summary>Fewest nodes; 0 only where an autoscaler can add the first one. Default 1.</summary>
    public int Minimum { get; init; } = DefaultMinimum;

    /// <summary>Most nodes. Default 3.</summary>
    public int Maximum { get; init; } = DefaultMaximum;

    /// <summary>Nodes: at first where an autoscaler decides afterwards, always where there is none. Default 2.</summary>
    public int Desired { get; init; } = 2;

    /// <summary>Spare capacity that AWS takes back at two minutes' notice. Default false.</summary>
    public bool Spot { get; init; }

    /// <summary>Size of the node's disk in GiB, for images, logs and emptyDir volumes. Default 80.</summary>
    public int DiskGiB { get; init; } = DefaultDiskGiB;

    /// <summary>What its nodes start from. Default Amazon Linux 2023 for x86-64: Seqera's connect images are made for no other processor.</summary>
    public EksNodeImage Image { get; init; } = new(NodeSystem.AmazonLinux2023, IsArm: false, Accelerator.None);

    /// <summary>Release of the image in EKS; null for the newest one on the day on which the pool is made or gets another Kubernetes version.</summary>
    public string? Release { get; init; }

    /// <summary>An own image that was built from one of the kind of <see cref="Image"/>; null for EKS's.</summary>
    public string? ImageId { get; init; }

    /// <summary>What nodes are told when they start: parts of a document for Amazon Linux, one of settings for Bottlerocket. Default nothing.</summary>
    public ImmutableArray<string> UserData { get; init; } = [];

    /// <summary>Images, logs and emptyDir volumes lie on the machine's own disks, as one array. Default false.</summary>
    public bool LocalDisks { get; init; }

    /// <summary>Most nodes of a hundred that an update takes away at once. Default 33.</summary>
    public int MaxUnavailablePercent { get; init; } = DefaultMaxUnavailablePercent;

    /// <summary>What an update does first. Default adding nodes.</summary>
    public NodeUpdateStrategy UpdateStrategy { get; init; }

    /// <summary>Labels of the nodes. Default none.</summary>
    public ImmutableDictionary<string, string> Labels { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Taints of the nodes. Default none.</summary>
    public ImmutableArray<NodeTaint> Taints { get; init; } = [];

    /// <summary>Whether no taint keeps pods away.</summary>
    internal bool TakesEveryPod => Taints.All(taint => taint.Effect is NodeTaintEffect.PreferNoSchedule);

    /// <summary>What the nodes are labelled with: the pool's own labels, and those by which others find GPUs.</summary>
    internal ImmutableSortedDictionary<string, string> NodeLabels => (Image.Accelerator is Accelerator.Nvidia ? NvidiaNodes.Labels(Image) : NoLabels)
        .SetItems(Labels);

    private static readonly ImmutableSortedDictionary<string, string> NoLabels = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}

/// <summary>What an update of a managed node group does first.</summary>
public enum NodeUpdateStrategy
{
    /// <summary>Nodes of the new kind are added before old ones go.</summary>
    AddFirst,

    /// <summary>Old nodes go before new ones are added: for machines of which no more are to be had (EKS API reference, UpdateConfig, MINIMAL).</summary>
    RemoveFirst,
}

/// <summary>One node pool of a GKE cluster. Counts are of all zones together.</summary>
/// <param name="Name">Its key in the stack file and part of its name.</param>
/// <param name="MachineType">Compute Engine machine type.</param>
public sealed record GkeNodePool(string Name, string MachineType)
{
    public const int DefaultMinimum = 1;
    public const int DefaultMaximum = 3;
    public const int DefaultDiskGiB = 100;

    /// <summary>Fewest nodes; 0 lets the pool go away while nothing needs it. Default 1.</summary>
    public int Minimum { get; init; } = DefaultMinimum;

    /// <summary>Most nodes. Default 3.</summary>
    public int Maximum { get; init; } = DefaultMaximum;

    /// <summary>Spare capacity that Google takes back at half a minute's notice. Default false.</summary>
    public bool Spot { get; init; }

    /// <summary>Size of the node's disk in GiB, for images, logs and emptyDir volumes. Default 100.</summary>
    public int DiskGiB { get; init; } = DefaultDiskGiB;

    /// <summary>Type of that disk. Default null: the first one that the machine series takes.</summary>
    public GkeDiskType? DiskType { get; init; }

    /// <summary>GPUs of each node. Default null: none, which is wrong for a machine type that brings them.</summary>
    public GkeAccelerator? Accelerator { get; init; }

    /// <summary>Zones of the nodes. Default none: those of the cluster.</summary>
    public ImmutableArray<string> Zones { get; init; } = [];

    /// <summary>Labels of the nodes. Default none.</summary>
    public ImmutableDictionary<string, string> Labels { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Taints of the nodes, without those that GKE adds. Default none.</summary>
    public ImmutableArray<NodeTaint> Taints { get; init; } = [];

    /// <summary>How GKE replaces nodes. Default one more than usual at a time.</summary>
    public GkeUpgrade Upgrade { get; init; } = GkeUpgrade.Default;

    /// <summary>GKE puts it on nodes with Arm processors by itself (GKE documentation, "Arm workloads on GKE").</summary>
    public static NodeTaint ArmTaint { get; } = new("kubernetes.io/arch", "arm64", NodeTaintEffect.NoSchedule);

    /// <summary>Most nodes that pools have at once, while each is being upgraded.</summary>
    public static int MostNodes(IEnumerable<GkeNodePool> pools) => pools.Sum(pool => pool.Maximum + pool.Upgrade.ExtraNodes(pool.Maximum));

    /// <summary>The taints that GKE adds to nodes of a machine type with or without GPUs.</summary>
    public static ImmutableArray<NodeTaint> AddedTaints(string machineType, bool gpus) =>
        [.. gpus ? [GkeAccelerator.Taint] : Array.Empty<NodeTaint>(), .. GkeMachineSeries.IsArm(machineType) ? [ArmTaint] : Array.Empty<NodeTaint>()];

    /// <summary>Nodes in each zone when the pool is made; the autoscaler decides afterwards.</summary>
    public int InitialPerZone(int zones) => (Minimum + zones - 1) / zones;
}

/// <summary>Keeps pods away from a node unless they tolerate it.</summary>
/// <param name="Key">Key of the taint.</param>
/// <param name="Value">Value of the taint; may be empty.</param>
/// <param name="Effect">What happens to pods without a toleration.</param>
public sealed record NodeTaint(string Key, string Value, NodeTaintEffect Effect)
{
    /// <summary>The effect as the APIs of EKS and GKE spell it, unlike Kubernetes.</summary>
    internal string CloudEffect => Effect switch
    {
        NodeTaintEffect.NoSchedule => "NO_SCHEDULE",
        NodeTaintEffect.PreferNoSchedule => "PREFER_NO_SCHEDULE",
        _ => "NO_EXECUTE",
    };
}

/// <summary>What a taint does to pods that do not tolerate it.</summary>
public enum NodeTaintEffect
{
    /// <summary>They are not scheduled there.</summary>
    NoSchedule,

    /// <summary>They are scheduled there only if there is no other node.</summary>
    PreferNoSchedule,

    /// <summary>They are not scheduled there, and running ones leave.</summary>
    NoExecute,
}
