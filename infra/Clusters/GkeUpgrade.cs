using Pulumi.Gcp.Container.Inputs;

namespace Infra.Clusters;

/// <summary>How GKE replaces the nodes of a pool when it upgrades them, or when their machine or image changes.</summary>
public abstract record GkeUpgrade
{
    private protected GkeUpgrade()
    {
    }

    /// <summary>One node more than usual while the others are replaced one by one.</summary>
    public static GkeUpgrade Default { get; } = new GkeSurgeUpgrade();

    /// <summary>Nodes that a pool has beyond its most while it is being upgraded.</summary>
    public abstract int ExtraNodes(int maximum);

    internal abstract NodePoolUpgradeSettingsArgs OfPool();

    internal abstract ClusterClusterAutoscalingAutoProvisioningDefaultsUpgradeSettingsArgs OfNewPools();
}

/// <summary>Some nodes at a time: new ones first, or old ones first where there is no spare capacity.</summary>
public sealed record GkeSurgeUpgrade : GkeUpgrade
{
    public const int DefaultMaxSurge = 1;
    public const int DefaultMaxUnavailable = 0;

    /// <summary>Nodes that are added before old ones go.</summary>
    public int MaxSurge { get; init; } = DefaultMaxSurge;

    /// <summary>Nodes that go before new ones are there.</summary>
    public int MaxUnavailable { get; init; } = DefaultMaxUnavailable;

    public override int ExtraNodes(int maximum) => MaxSurge;

    internal override NodePoolUpgradeSettingsArgs OfPool() => new() { Strategy = "SURGE", MaxSurge = MaxSurge, MaxUnavailable = MaxUnavailable };

    internal override ClusterClusterAutoscalingAutoProvisioningDefaultsUpgradeSettingsArgs OfNewPools() =>
        new() { Strategy = "SURGE", MaxSurge = MaxSurge, MaxUnavailable = MaxUnavailable };
}

/// <summary>A second set of nodes; the first one is drained in batches and kept for a while, for the way back.</summary>
public sealed record GkeBlueGreenUpgrade : GkeUpgrade
{
    public const int DefaultBatchNodes = 1;
    public const int DefaultBatchSoakMinutes = 0;
    public const int DefaultSoakMinutes = 60;

    private const int Seconds = 60;

    /// <summary>Nodes that are drained at a time.</summary>
    public int BatchNodes { get; init; } = DefaultBatchNodes;

    /// <summary>Minutes after each batch.</summary>
    public int BatchSoakMinutes { get; init; } = DefaultBatchSoakMinutes;

    /// <summary>Minutes for which the old nodes stay when all are drained.</summary>
    public int SoakMinutes { get; init; } = DefaultSoakMinutes;

    private string BatchSoak => $"{BatchSoakMinutes * Seconds}s";

    private string Soak => $"{SoakMinutes * Seconds}s";

    public override int ExtraNodes(int maximum) => maximum;

    internal override NodePoolUpgradeSettingsArgs OfPool() => new()
    {
        Strategy = "BLUE_GREEN",
        BlueGreenSettings = new NodePoolUpgradeSettingsBlueGreenSettingsArgs
        {
            NodePoolSoakDuration = Soak,
            StandardRolloutPolicy = new NodePoolUpgradeSettingsBlueGreenSettingsStandardRolloutPolicyArgs
            {
                BatchNodeCount = BatchNodes,
                BatchSoakDuration = BatchSoak,
            },
        },
    };

    internal override ClusterClusterAutoscalingAutoProvisioningDefaultsUpgradeSettingsArgs OfNewPools() => new()
    {
        Strategy = "BLUE_GREEN",
        BlueGreenSettings = new ClusterClusterAutoscalingAutoProvisioningDefaultsUpgradeSettingsBlueGreenSettingsArgs
        {
            NodePoolSoakDuration = Soak,
            StandardRolloutPolicy = new ClusterClusterAutoscalingAutoProvisioningDefaultsUpgradeSettingsBlueGreenSettingsStandardRolloutPolicyArgs
            {
                BatchNodeCount = BatchNodes,
                BatchSoakDuration = BatchSoak,
            },
        },
    };
}
