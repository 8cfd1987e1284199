using System.Collections.Immutable;
using Infra.Accounts;
using Infra.Databases;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>A server on Cloud SQL in the Enterprise edition with a private address; clients get the authority of its certificate as a file.</summary>
[Needs(nameof(PlatformSettings.Gcp), nameof(PlatformSettings.Cluster))]
public sealed record CloudSqlPostgresSettings : PostgresSettings, IChecked, IUsesGoogleApis
{
    // Cloud SQL, "Instance settings", November 2026: 1 or an even number of cores up to 96, 0.9 to 6.5 GB of memory for each, 3.75 GB at least.
    private const int MostProcessors = 96;
    private const decimal LeastMemoryOfEach = 0.9m;
    private const decimal MostMemoryOfEach = 6.5m;

    // Cloud SQL for PostgreSQL FAQ, November 2026: 9.6 to 17; the same three as on RDS.
    [Setting("Major version. A newer one upgrades the server in place, which is away meanwhile; an older one is refused by Cloud SQL.")]
    [OneOf(15, 16, 17)]
    public int Version { get; init; } = PostgresVersions.Default;

    [Setting("Processors: one, or an even number of them.")]
    [Range(1, MostProcessors)]
    public int Processors { get; init; } = CloudSqlPostgresArgs.DefaultProcessors;

    [Setting("Memory in GiB: 0.9 to 6.5 for each processor.")]
    [Range(4, 624)]
    public int MemoryGiB { get; init; } = CloudSqlPostgresArgs.DefaultMemoryGiB;

    [Setting("Storage at first, in GiB; it grows by itself, and never shrinks.")]
    [Range(10, 65_536)]
    public int StorageGiB { get; init; } = CloudSqlPostgresArgs.DefaultStorageGiB;

    [Setting("A standby in another zone that takes over.")]
    public bool MultiZone { get; init; } = CloudSqlPostgresArgs.DefaultMultiZone;

    [Setting("Daily backups that are kept; the log for going back to any moment is kept for as many days, seven at most.")]
    [Range(1, 365)]
    public int Backups { get; init; } = CloudSqlPostgresArgs.DefaultBackups;

    [Setting("Take a last backup when the server is deleted and keep it for 90 days; the daily ones stay, too.")]
    public bool FinalBackup { get; init; } = CloudSqlPostgresArgs.DefaultFinalBackup;

    [Setting("Raise it by one to have a new password; the old one ends with the update, and what reads it restarts.")]
    [Range(1, int.MaxValue)]
    public int PasswordRotation { get; init; } = CloudSqlPostgresArgs.DefaultPasswordRotation;

    public ImmutableArray<string> GoogleApis => [GcpServices.SqlAdmin];

    public override T Match<T>(IPostgresKinds<T> kinds) => kinds.CloudSql(this);

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (Processors > 1 && Processors % 2 == 1)
        {
            yield return new(
                at[nameof(Processors)], "is odd, and Cloud SQL has no such machine", "1, or an even number up to 96", $"processors: {Processors + 1}",
                $"{Processors}");
        }

        var (least, most) = (decimal.Ceiling(Processors * LeastMemoryOfEach), decimal.Floor(Processors * MostMemoryOfEach));
        if (MemoryGiB < least || MemoryGiB > most)
        {
            yield return new(
                at[nameof(MemoryGiB)], $"is not what Cloud SQL gives to {Processors} processors", $"{decimal.Max(least, 4)} to {most}",
                $"memoryGiB: {decimal.Clamp(MemoryGiB, least, most)}, or another number of processors", $"{MemoryGiB}");
        }

        if (platform.Production && !MultiZone)
        {
            yield return PostgresRules.OneZone(at[nameof(MultiZone)]);
        }

        if (platform.Production && !FinalBackup)
        {
            yield return PostgresRules.NothingLeft(at[nameof(FinalBackup)]);
        }

        foreach (var problem in ClusterRules.NeedsGke(platform, at))
        {
            yield return problem;
        }
    }
}
