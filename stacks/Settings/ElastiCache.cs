using System.Globalization;
using Infra.Cache;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>A server on ElastiCache.</summary>
[Needs(nameof(PlatformSettings.Aws), nameof(PlatformSettings.Cluster))]
public sealed record ElastiCacheSettings : IChecked
{
    [Setting("What the nodes run: Valkey 7.2, or Redis OSS 7.1.")]
    public ElastiCacheEngine Engine { get; init; } = ElastiCacheEngine.Valkey;

    [Setting("Node type. Seqera asks for 6 GiB of memory in production.")]
    [Ec2InstanceType("cache")]
    public string NodeType { get; init; } = "cache.t4g.small";

    [Setting("The primary and its replicas; from two on, another zone takes over.")]
    [Range(1, 6)]
    public int Nodes { get; init; } = 2;

    [Setting("Spread the data over shards. Studios selects a database by number, which a sharded server does not have: only false works.")]
    public bool ClusterMode { get; init; }

    [Setting("Days that daily snapshots are kept; 0 takes none.")]
    [Range(0, 35)]
    public int SnapshotRetentionDays { get; init; } = 7;

    [Setting("When AWS may restart nodes, in UTC.")]
    [MaintenanceWindow]
    public string MaintenanceWindow { get; init; } = "sun:03:00-sun:04:00";

    [Setting("When the daily snapshot is taken, in UTC, an hour at least.")]
    [DailyWindow]
    public string SnapshotWindow { get; init; } = "01:00-02:00";

    [Setting("Raise it by one to have a new password; the old one works until the next time.")]
    [Range(1, int.MaxValue)]
    public int PasswordRotation { get; init; } = 1;

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (ClusterMode)
        {
            yield return new(at[nameof(ClusterMode)], "gives a server without numbered databases, and Studios selects one", "false", "remove clusterMode, and choose a larger nodeType", "true");
        }

        if (platform.Production && Nodes < 2)
        {
            yield return new(at[nameof(Nodes)], "leaves a production stack without a server while its node is away", "2 to 6", "nodes: 2", $"{Nodes}");
        }

        if (platform.Production && SnapshotRetentionDays == 0)
        {
            yield return new(at[nameof(SnapshotRetentionDays)], "leaves a production stack without snapshots", "1 to 35", "snapshotRetentionDays: 7", "0");
        }

        foreach (var (name, window) in new[] { (nameof(MaintenanceWindow), MaintenanceWindow), (nameof(SnapshotWindow), SnapshotWindow) }.Where(entry => !ElastiCacheWindows.IsLongEnough(entry.Item2)))
        {
            yield return new(at[name], "is shorter than ElastiCache takes", "60 minutes or more", "let it end later", window);
        }

        if (ElastiCacheWindows.Overlap(MaintenanceWindow, SnapshotWindow))
        {
            yield return new(
                at[nameof(SnapshotWindow)], $"overlaps with maintenanceWindow, {MaintenanceWindow}, and ElastiCache wants them apart", "an hour outside of maintenanceWindow", "move one of the two", SnapshotWindow);
        }

        if (VpcClusterRule.Broken(platform, at) is { } problem)
        {
            yield return problem;
        }
    }
}

/// <summary>The two windows of an ElastiCache replication group, which AWS wants apart and at least an hour long (ElastiCache API reference, CreateReplicationGroup).</summary>
internal static class ElastiCacheWindows
{
    private const int Hour = 60;
    private const int Day = 24 * Hour;
    private const int Week = 7 * Day;

    private static readonly string[] Days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// <summary>Whether a window lasts an hour or longer; <c>23:30-00:30</c> does.</summary>
    public static bool IsLongEnough(string window) => Length(window) >= Hour;

    /// <summary>Whether the daily window meets the weekly one on any day.</summary>
    public static bool Overlap(string weekly, string daily)
    {
        var (start, length) = (Minute(weekly[..weekly.IndexOf('-', StringComparison.Ordinal)]), Length(weekly));
        return Enumerable.Range(0, Days.Length)
            .Select(day => (day * Day) + Minute(daily[..daily.IndexOf('-', StringComparison.Ordinal)]))
            .Any(other => Ring(other - start, Week) < length || Ring(start - other, Week) < Length(daily));
    }

    private static int Length(string window)
    {
        var ends = window.Split('-');
        return Ring(Minute(ends[1]) - Minute(ends[0]), char.IsLetter(window[0]) ? Week : Day);
    }

    // "sun:03:00" or "03:00".
    private static int Minute(string time)
    {
        var parts = time.Split(':');
        var day = parts.Length == 3 ? Array.IndexOf(Days, parts[0]) : 0;
        return (day * Day) + (int.Parse(parts[^2], CultureInfo.InvariantCulture) * Hour) + int.Parse(parts[^1], CultureInfo.InvariantCulture);
    }

    private static int Ring(int minutes, int around) => ((minutes % around) + around) % around;
}
