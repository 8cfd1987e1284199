using System.Collections.Immutable;
using Infra.Clusters;
using Infra.Manifests;
using Infra.Scaling;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>Nodes of Karpenter or of EKS Auto Mode, which come one by one for pods that wait.</summary>
public sealed record ProvisionedPoolSettings
{
    [Setting("Bounds of all nodes of the pool together.")]
    public required ProvisionedLimitsSettings Limits { get; init; }

    [Setting("Letters before the generation of instance types.", Absent = "c, m and r, unless families or instanceTypes are given", Example = "[c, m, r]")]
    [Form(Form.Ec2InstanceCategory)]
    public ImmutableArray<string> Categories { get; init; } = [];

    [Setting("Oldest generation of the categories.", Absent = "5", Example = "6")]
    [Range(1, 99)]
    public int? MinimumGeneration { get; init; }

    [Setting("Families of instance types, instead of categories.", Absent = "any of the categories", Example = "[m7i, m6i, r7i]")]
    [Form(Form.Ec2InstanceFamily)]
    public ImmutableArray<string> Families { get; init; } = [];

    [Setting("Whole instance types, instead of categories and families.", Absent = "any of them", Example = "[m7i.4xlarge, m6i.4xlarge]")]
    [Form(Form.Ec2InstanceType)]
    public ImmutableArray<string> InstanceTypes { get; init; } = [];

    [Setting("Sizes of categories or families.", Absent = "every size", Example = "[2xlarge, 4xlarge, 8xlarge]")]
    [Form(Form.Ec2InstanceSize)]
    public ImmutableArray<string> Sizes { get; init; } = [];

    [Setting("Processor architectures: amd64, or arm64 for Graviton.", Absent = "amd64", Example = "[amd64]")]
    public ImmutableArray<NodeArchitecture> Architectures { get; init; } = [NodeArchitecture.Amd64];

    [Setting(
        "What is paid for: spot is spare capacity, which AWS takes back at two minutes' notice, and comes first where both are allowed.",
        Absent = "onDemand",
        Example = "[spot, onDemand]")]
    public ImmutableArray<NodeCapacity> Capacity { get; init; } = [NodeCapacity.OnDemand];

    [Setting("Labels of the nodes.", Absent = "none", Example = "{ workload: pipelines }")]
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    [Setting("Taints of the nodes.", Absent = "none")]
    public ImmutableArray<NodeTaintSettings> Taints { get; init; } = [];

    [Setting("Disk of each node in GiB, for images, logs and emptyDir volumes.")]
    [Range(20, 16384)]
    public int DiskGiB { get; init; } = ProvisionedPool.DefaultDiskGiB;

    [Setting(
        "Machine image of Karpenter's nodes, pinned to a release; another one rolls them as budgets allow. EKS Auto Mode chooses its own, about every week.",
        Absent = $"{ProvisionedPool.DefaultImage}; in EKS Auto Mode its own",
        Example = ProvisionedPool.DefaultImage)]
    [Form(Form.NodeImageAlias)]
    public string? Image { get; init; }

    [Setting("Which nodes are given up to save money.")]
    public NodeConsolidation Consolidation { get; init; } = NodeConsolidation.WhenEmpty;

    [Setting("How long nothing must have come to such a node or gone from it.", Absent = "5m", Example = "5m")]
    public TimeSpan? ConsolidateAfter { get; init; }

    [Setting(
        "How many nodes may be given up at once, for what and when.",
        Absent = "empty ones without bounds, one in ten for a cheaper one, and none because its settings changed: it goes when it is empty or expires")]
    public ImmutableArray<DisruptionBudgetSettings> Budgets { get; init; } = [];

    [Setting("Age at which a node is drained whatever runs on it; 0s for never.", Absent = "720h; 336h in EKS Auto Mode, where 504h is the most", Example = "720h")]
    public TimeSpan? ExpireAfter { get; init; }

    [Setting("How long tasks of runs hold a node that has to go; they are ended then.", Example = "24h")]
    public TimeSpan TerminationGracePeriod { get; init; } = ProvisionedPool.DefaultTerminationGracePeriod;

    [Setting("Which of several pools that fit comes first: the one with the largest number.", Absent = "last", Example = "10")]
    [Range(1, 100)]
    public int? Weight { get; init; }

    /// <summary>Whether no taint keeps pods away.</summary>
    internal bool TakesEveryPod => Taints.All(taint => taint.Effect is NodeTaintEffect.PreferNoSchedule);

    /// <summary>The pool, with what Karpenter or EKS Auto Mode takes where nothing is said.</summary>
    internal ProvisionedPool Pool(string name, bool isAutoMode) => new(name, Limits.Cpu)
    {
        Architectures = Architectures,
        Budgets = Budgets.IsEmpty ? ProvisionedPool.DefaultBudgets : [.. Budgets.Select(budget => budget.Budget)],
        Capacity = Capacity,
        Categories = Categories.IsEmpty ? ProvisionedPool.DefaultCategories : Categories,
        ConsolidateAfter = ConsolidateAfter ?? ProvisionedPool.DefaultConsolidateAfter,
        Consolidation = Consolidation,
        DiskGiB = DiskGiB,
        ExpireAfter = ExpireAfter ?? (isAutoMode ? ProvisionedPool.DefaultAutoExpireAfter : ProvisionedPool.DefaultExpireAfter),
        Families = Families,
        Image = Image ?? ProvisionedPool.DefaultImage,
        InstanceTypes = InstanceTypes,
        Labels = Labels,
        MemoryLimit = Limits.Memory?.Text,
        MinimumGeneration = MinimumGeneration ?? ProvisionedPool.DefaultMinimumGeneration,
        Sizes = Sizes,
        Taints = [.. Taints.Select(taint => taint.Taint)],
        TerminationGracePeriod = TerminationGracePeriod,
        Weight = Weight,
    };
}

/// <summary>Bounds of all nodes of a pool together: nothing else bounds what a burst may cost.</summary>
public sealed record ProvisionedLimitsSettings
{
    [Setting("Most vCPUs.", Example = "500")]
    [Range(1, 1000000)]
    public required int Cpu { get; init; }

    [Setting("Most memory.", Absent = "what comes with the vCPUs", Example = "2000Gi")]
    public Quantity? Memory { get; init; }
}

/// <summary>How many nodes of a pool may be given up at once. The narrowest of those that hold decides.</summary>
public sealed record DisruptionBudgetSettings
{
    [Setting("A number of nodes, or a share of them.", Example = "10%")]
    [Form(Form.NodeShare)]
    public required string Nodes { get; init; }

    [Setting("What for: empty, underutilized or drifted nodes.", Absent = "all of it", Example = "[drifted]")]
    public ImmutableArray<DisruptionReason> Reasons { get; init; } = [];

    [Setting("When it begins to hold, as a cron expression in UTC.", Absent = "always", Example = "0 6 * * mon-fri")]
    [Form(Form.CronSchedule)]
    public string? Schedule { get; init; }

    [Setting("How long it holds from then on, in whole minutes.", Absent = "always", Example = "12h")]
    public TimeSpan? Duration { get; init; }

    internal DisruptionBudget Budget => new(Nodes) { Duration = Duration, Reasons = Reasons, Schedule = Schedule };
}
