using Infra.Cache;
using Stacks.Settings.Declaring;
using Stacks.Settings.Values;

namespace Stacks.Settings;

/// <summary>A server on ElastiCache.</summary>
[Needs(nameof(PlatformSettings.Aws), nameof(PlatformSettings.Cluster))]
public sealed record ElastiCacheSettings : RedisSettings, IChecked
{
    [Setting("What the nodes run: Valkey 7.2, or Redis OSS 7.1.")]
    public ElastiCacheEngine Engine { get; init; } = ElastiCacheRedisArgs.DefaultEngine;

    [Setting("Node type. Seqera asks for 6 GiB of memory in production.")]
    [Form(Form.CacheNodeType)]
    public string NodeType { get; init; } = ElastiCacheRedisArgs.DefaultNodeType;

    [Setting("The primary and its replicas; from two on, another zone takes over.")]
    [Range(1, 6)]
    public int Nodes { get; init; } = ElastiCacheRedisArgs.DefaultNodes;

    [Setting("Spread the data over shards. Studios selects a database by number, which a sharded server does not have: only false works.")]
    public bool ClusterMode { get; init; }

    [Setting("Days that daily snapshots are kept; 0 takes none.")]
    [Range(0, 35)]
    public int SnapshotRetentionDays { get; init; } = ElastiCacheRedisArgs.DefaultSnapshotRetentionInDays;

    [Setting("Take a last snapshot when the server is deleted; it stays in the account, and the key that encrypts it, too.")]
    public bool FinalSnapshot { get; init; } = ElastiCacheRedisArgs.DefaultFinalSnapshot;

    [Setting("When AWS may restart nodes, in UTC.")]
    [Form(Form.WeeklyWindow)]
    public ServiceWindow MaintenanceWindow { get; init; } = ServiceWindow.Parse(ElastiCacheRedisArgs.DefaultMaintenanceWindow);

    [Setting("When the daily snapshot is taken, in UTC, an hour at least.")]
    [Form(Form.DailyWindow)]
    public ServiceWindow SnapshotWindow { get; init; } = ServiceWindow.Parse(ElastiCacheRedisArgs.DefaultSnapshotWindow);

    [Setting("Raise it by one to have a new password; the old one works until the next time.")]
    [Range(1, int.MaxValue)]
    public int PasswordRotation { get; init; } = ElastiCacheRedisArgs.DefaultPasswordRotation;

    public override T Match<T>(IRedisKinds<T> kinds) => kinds.ElastiCache(this);

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (ClusterMode)
        {
            yield return new(
                at[nameof(ClusterMode)], "gives a server without numbered databases, and Studios selects one", "false",
                "remove clusterMode, and choose a larger nodeType", "true");
        }

        if (platform.Production && Nodes < 2)
        {
            yield return new(at[nameof(Nodes)], "leaves a production stack without a server while its node is away", "2 to 6", "nodes: 2", $"{Nodes}");
        }

        if (platform.Production && SnapshotRetentionDays == 0)
        {
            yield return new(
                at[nameof(SnapshotRetentionDays)], "leaves a production stack without snapshots", "1 to 35",
                $"snapshotRetentionDays: {ElastiCacheRedisArgs.DefaultSnapshotRetentionInDays}", "0");
        }

        if (platform.Production && !FinalSnapshot)
        {
            yield return SettingsProblem.Warning(
                at[nameof(FinalSnapshot)], "leaves nothing of a production stack's sessions when its server is deleted", "true", "remove finalSnapshot",
                "false");
        }

        (string Key, ServiceWindow Window)[] windows = [(nameof(MaintenanceWindow), MaintenanceWindow), (nameof(SnapshotWindow), SnapshotWindow)];
        foreach (var (name, window) in windows.Where(entry => !entry.Window.IsLongEnough))
        {
            yield return new(at[name], "is shorter than ElastiCache takes", "60 minutes or more", "let it end later", $"{window}");
        }

        if (MaintenanceWindow.Overlaps(SnapshotWindow))
        {
            yield return new(
                at[nameof(SnapshotWindow)], $"overlaps with maintenanceWindow, {MaintenanceWindow}, and ElastiCache wants them apart",
                "an hour outside of maintenanceWindow", "move one of the two", $"{SnapshotWindow}");
        }

        foreach (var problem in ClusterRules.NeedsEks(platform, at))
        {
            yield return problem;
        }
    }
}
