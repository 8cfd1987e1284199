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

    /// <summary>Graviton processors. Default false: Seqera's connect images are made for x86-64 only.</summary>
    public bool Arm { get; init; }

    /// <summary>Labels of the nodes. Default none.</summary>
    public ImmutableDictionary<string, string> Labels { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Taints of the nodes. Default none.</summary>
    public ImmutableArray<NodeTaint> Taints { get; init; } = [];

    /// <summary>Whether no taint keeps pods away.</summary>
    internal bool TakesEveryPod => Taints.All(taint => taint.Effect is NodeTaintEffect.PreferNoSchedule);

    /// <summary>Type of the machine image in the EKS API: Amazon Linux 2023, the only Linux of Amazon that EKS still builds from Kubernetes 1.33 on.</summary>
    public string AmiType => Arm ? "AL2023_ARM_64_STANDARD" : "AL2023_x86_64_STANDARD";
}

/// <summary>One node pool of a GKE cluster. Counts are of all zones together.</summary>
/// <param name="Name">Its key in the stack file and part of its name.</param>
/// <param name="MachineType">Compute Engine machine type.</param>
public sealed record GkeNodePool(string Name, string MachineType)
{
    public const int DefaultMinimum = 1;
    public const int DefaultMaximum = 3;
    public const int DefaultDiskGiB = 100;

    /// <summary>Nodes that an upgrade adds before it takes old ones away: one for each pool (upgrade strategy SURGE).</summary>
    public const int Surge = 1;

    /// <summary>Fewest nodes; 0 lets the pool go away while nothing needs it. Default 1.</summary>
    public int Minimum { get; init; } = DefaultMinimum;

    /// <summary>Most nodes. Default 3.</summary>
    public int Maximum { get; init; } = DefaultMaximum;

    /// <summary>Spare capacity that Google takes back at half a minute's notice. Default false.</summary>
    public bool Spot { get; init; }

    /// <summary>Size of the node's disk in GiB, for images, logs and emptyDir volumes. Default 100.</summary>
    public int DiskGiB { get; init; } = DefaultDiskGiB;

    /// <summary>Labels of the nodes. Default none.</summary>
    public ImmutableDictionary<string, string> Labels { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Taints of the nodes. Default none.</summary>
    public ImmutableArray<NodeTaint> Taints { get; init; } = [];

    /// <summary>Most nodes that pools have at once, while each is being upgraded.</summary>
    public static int MostNodes(IEnumerable<GkeNodePool> pools) => pools.Sum(pool => pool.Maximum + Surge);

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

/// <summary>Which processor an EC2 instance type has.</summary>
public static class ProcessorArchitecture
{
    /// <summary>
    /// What an instance type of an accelerated family has, with the article; null for the other families (EC2 user guide, "Instance type naming conventions":
    /// <c>p</c> and <c>g</c> GPUs, <c>inf</c> and <c>trn</c> Neuron devices, <c>dl</c> Gaudi, <c>f</c> FPGAs, <c>vt</c> transcoders).
    /// </summary>
    public static string? Accelerator(string instanceType) => string.Concat(instanceType.TakeWhile(char.IsAsciiLetterLower)) switch
    {
        "g" or "gr" or "p" => "GPUs",
        "inf" or "trn" => "Neuron devices",
        "dl" => "Gaudi accelerators",
        "f" => "FPGAs",
        "vt" => "transcoders",
        _ => null,
    };

    /// <summary>
    /// Whether it is Graviton: a <c>g</c> among the letters after the generation (EC2 user guide, "Instance type naming conventions"),
    /// as in <c>m7g</c> or <c>c7gn</c>; the family <c>g5</c> has its letter before it.
    /// </summary>
    public static bool IsArm(string instanceType)
    {
        var family = instanceType.Split('.')[0];
        return family.SkipWhile(character => !char.IsAsciiDigit(character)).SkipWhile(char.IsAsciiDigit).TakeWhile(char.IsAsciiLetterLower).Contains('g');
    }
}
