using System.Collections.Immutable;
using Infra.Clusters;

namespace Infra.Scaling;

/// <summary>
/// Nodes that come one by one for pods that wait, of whatever instance types fit, and go when nothing runs on them: a NodePool of Karpenter or of EKS Auto
/// Mode.
/// </summary>
/// <param name="Name">Its key in the stack file, and the name of its objects on the cluster.</param>
/// <param name="CpuLimit">Most vCPUs of all its nodes together.</param>
public sealed record ProvisionedPool(string Name, int CpuLimit)
{
    public const int DefaultMinimumGeneration = 5;
    public const int DefaultDiskGiB = EksNodePool.DefaultDiskGiB;

    /// <summary>
    /// A release of awslabs/amazon-eks-ami that has images for every Kubernetes version of <see cref="EksVersion.All"/>: releases/tag/v20260728. A newer one
    /// rolls the nodes.
    /// </summary>
    public const string DefaultImage = "al2023@v20260728";

    /// <summary>Compute, general and memory optimised: what the NodePool documentation of Karpenter 1.14 recommends for most pods.</summary>
    public static readonly ImmutableArray<string> DefaultCategories = ["c", "m", "r"];

    public static readonly TimeSpan DefaultConsolidateAfter = TimeSpan.FromMinutes(5);

    /// <summary>Karpenter's own default.</summary>
    public static readonly TimeSpan DefaultExpireAfter = TimeSpan.FromHours(720);

    /// <summary>The default of EKS Auto Mode, whose nodes live for 504 hours at most (EKS user guide, "Create a Node Pool for EKS Auto Mode").</summary>
    public static readonly TimeSpan DefaultAutoExpireAfter = TimeSpan.FromHours(336);

    /// <summary>What EKS Auto Mode takes where nothing is said; a task that runs for longer is ended when its node has to go.</summary>
    public static readonly TimeSpan DefaultTerminationGracePeriod = TimeSpan.FromHours(24);

    /// <summary>
    /// Empty nodes go at once, one in ten may be given up for a cheaper one, and none is drained because its settings changed: head jobs of runs cannot be
    /// told apart and would end. Such nodes go when they are empty, or expire.
    /// </summary>
    public static readonly ImmutableArray<DisruptionBudget> DefaultBudgets =
    [
        new("100%") { Reasons = [DisruptionReason.Empty] },
        new("10%") { Reasons = [DisruptionReason.Underutilized] },
        new("0") { Reasons = [DisruptionReason.Drifted] },
    ];

    /// <summary>Letters before the generation, as <c>m</c>; used where neither families nor types are named. Default c, m and r.</summary>
    public ImmutableArray<string> Categories { get; init; } = DefaultCategories;

    /// <summary>Oldest generation of the categories. Default 5: Nitro, from the smallest size on.</summary>
    public int MinimumGeneration { get; init; } = DefaultMinimumGeneration;

    /// <summary>Families, as <c>m7i</c>, instead of categories. Default none.</summary>
    public ImmutableArray<string> Families { get; init; } = [];

    /// <summary>Whole types, as <c>m7i.2xlarge</c>, instead of categories and families. Default none.</summary>
    public ImmutableArray<string> InstanceTypes { get; init; } = [];

    /// <summary>Sizes, as <c>2xlarge</c>. Default every size.</summary>
    public ImmutableArray<string> Sizes { get; init; } = [];

    public ImmutableArray<NodeArchitecture> Architectures { get; init; } = [NodeArchitecture.Amd64];

    /// <summary>What is paid; spot comes first where both are allowed. Default on demand.</summary>
    public ImmutableArray<NodeCapacity> Capacity { get; init; } = [NodeCapacity.OnDemand];

    /// <summary>Most memory of all nodes together, as a Kubernetes quantity; null for no limit beside the vCPUs.</summary>
    public string? MemoryLimit { get; init; }

    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
    public ImmutableArray<NodeTaint> Taints { get; init; } = [];

    /// <summary>Size of the node's disk in GiB. Default 80.</summary>
    public int DiskGiB { get; init; } = DefaultDiskGiB;

    /// <summary>Machine image of Karpenter's nodes as an alias with a release; EKS Auto Mode chooses its own.</summary>
    public string Image { get; init; } = DefaultImage;

    /// <summary>Which nodes are given up to save money. Default empty ones.</summary>
    public NodeConsolidation Consolidation { get; init; } = NodeConsolidation.WhenEmpty;

    /// <summary>How long nothing must have come or gone on such a node. Default five minutes.</summary>
    public TimeSpan ConsolidateAfter { get; init; } = DefaultConsolidateAfter;

    /// <summary>How many nodes may be given up at once, and when. Default <see cref="DefaultBudgets"/>.</summary>
    public ImmutableArray<DisruptionBudget> Budgets { get; init; } = DefaultBudgets;

    /// <summary>Age at which a node is drained, whatever runs on it; zero for never. Default 720 hours.</summary>
    public TimeSpan ExpireAfter { get; init; } = DefaultExpireAfter;

    /// <summary>How long pods that must not be disturbed hold a node that has to go. Default 24 hours.</summary>
    public TimeSpan TerminationGracePeriod { get; init; } = DefaultTerminationGracePeriod;

    /// <summary>Which of several pools that fit comes first, 1 to 100; null for last.</summary>
    public int? Weight { get; init; }
}

/// <summary>How many nodes of a pool may be given up at once.</summary>
/// <param name="Nodes">A number, or a share with <c>%</c>.</param>
public sealed record DisruptionBudget(string Nodes)
{
    /// <summary>For what; none means for all of it.</summary>
    public ImmutableArray<DisruptionReason> Reasons { get; init; } = [];

    /// <summary>When it begins, as a cron expression in UTC; null for always.</summary>
    public string? Schedule { get; init; }

    /// <summary>How long it holds from then on; null for always.</summary>
    public TimeSpan? Duration { get; init; }
}

/// <summary>Why a node is given up.</summary>
public enum DisruptionReason
{
    /// <summary>Nothing runs on it.</summary>
    Empty,

    /// <summary>Its pods fit elsewhere, or on a cheaper node.</summary>
    Underutilized,

    /// <summary>It is not what its pool says any more.</summary>
    Drifted,
}

/// <summary>Which nodes are given up to save money.</summary>
public enum NodeConsolidation
{
    /// <summary>Those on which nothing runs.</summary>
    WhenEmpty,

    /// <summary>Those whose pods could run for less.</summary>
    WhenEmptyOrUnderutilized,

    /// <summary>Those where the saving outweighs the pods that have to move.</summary>
    Balanced,

    /// <summary>None.</summary>
    Never,
}

/// <summary>A processor architecture, as Kubernetes names it.</summary>
public enum NodeArchitecture
{
    /// <summary>x86-64.</summary>
    Amd64,

    /// <summary>Graviton.</summary>
    Arm64,
}

/// <summary>How EC2 capacity is paid for.</summary>
public enum NodeCapacity
{
    /// <summary>At the list price, until it is given back.</summary>
    OnDemand,

    /// <summary>Spare capacity that AWS takes back at two minutes' notice.</summary>
    Spot,
}
