using System.Collections.Immutable;
using Infra.Accounts;
using Infra.Databases;
using Stacks.Settings.Declaring;
using Stacks.Settings.Values;

namespace Stacks.Settings;

/// <summary>Which PostgreSQL server there is. One that this stack makes has one database, and one role that owns it.</summary>
[Kind<RdsPostgresSettings>("rds", "A server on RDS that this stack makes beside an EKS cluster.")]
[Kind<CloudSqlPostgresSettings>("cloudSql", "A server on Cloud SQL that this stack makes beside a GKE cluster.")]
[Kind<ExistingPostgresSettings>("existing", "An empty database of a server that is looked after elsewhere, version 11 or newer.")]
public abstract record PostgresSettings
{
    private protected PostgresSettings()
    {
    }

    public abstract T Match<T>(IPostgresKinds<T> kinds);
}

/// <summary>Something to do for each kind of PostgreSQL server.</summary>
public interface IPostgresKinds<out T>
{
    T Rds(RdsPostgresSettings settings);

    T CloudSql(CloudSqlPostgresSettings settings);

    T Existing(ExistingPostgresSettings settings);
}

/// <summary>A server on RDS.</summary>
[Needs(nameof(PlatformSettings.Aws), nameof(PlatformSettings.Cluster))]
public sealed record RdsPostgresSettings : PostgresSettings, IChecked
{
    // RDS user guide, "Choosing a major version for an RDS for PostgreSQL upgrade", November 2026: 15 and 16 go to 17 in place.
    [Setting("Major version. A newer one upgrades the server in place, which is away meanwhile; an older one is refused by RDS.")]
    [OneOf(15, 16, 17)]
    public int Version { get; init; } = PostgresVersions.Default;

    [Setting("Instance class. Posit asks for a processor and 2 GiB of memory at least.")]
    [Form(Form.DatabaseInstanceClass)]
    public string InstanceClass { get; init; } = RdsPostgresArgs.DefaultInstanceClass;

    [Setting("Storage at first, in GiB; it grows up to five times of it by itself, and never shrinks.")]
    [Range(20, 16_384)]
    public int StorageGiB { get; init; } = RdsPostgresArgs.DefaultStorageGiB;

    [Setting("A standby in another zone that takes over.")]
    public bool MultiZone { get; init; } = RdsPostgresArgs.DefaultMultiZone;

    [Setting("Days that daily backups are kept, and the log for going back to any moment of them; 0 takes none.")]
    [Range(0, 35)]
    public int BackupRetentionDays { get; init; } = RdsPostgresArgs.DefaultBackupRetentionInDays;

    [Setting("Take a last snapshot when the server is deleted; it stays in the account, and the key that encrypts it, too.")]
    public bool FinalSnapshot { get; init; } = RdsPostgresArgs.DefaultFinalSnapshot;

    [Setting("When the daily backup is taken, in UTC, half an hour at least.")]
    [Form(Form.DailyWindow)]
    public ServiceWindow BackupWindow { get; init; } = ServiceWindow.Parse(RdsPostgresArgs.DefaultBackupWindow);

    [Setting("When AWS may restart the server, in UTC; another instanceClass or version waits for it, too.")]
    [Form(Form.WeeklyWindow)]
    public ServiceWindow MaintenanceWindow { get; init; } = ServiceWindow.Parse(RdsPostgresArgs.DefaultMaintenanceWindow);

    [Setting("Make changes that restart the server at once, and not in the maintenance window.")]
    public bool ApplyImmediately { get; init; } = RdsPostgresArgs.DefaultApplyImmediately;

    [Setting(
        "Certificates in PEM of Amazon's authority for RDS in the region: clients then check that they speak to this server.",
        Absent = "connections are encrypted, and the server's certificate is not checked")]
    public string? CertificateAuthority { get; init; }

    [Setting("Raise it by one to have a new password; the old one ends with the update, and what reads it restarts.")]
    [Range(1, int.MaxValue)]
    public int PasswordRotation { get; init; } = RdsPostgresArgs.DefaultPasswordRotation;

    public override T Match<T>(IPostgresKinds<T> kinds) => kinds.Rds(this);

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        IEnumerable<SettingsProblem> problems =
        [
            .. CheckWindows(at),
            .. CheckProduction(platform, at),
            .. PemCertificates.Check(CertificateAuthority, at[nameof(CertificateAuthority)]),
            .. ClusterRules.NeedsEks(platform, at),
        ];
        return InstanceClass.EndsWith(".micro", StringComparison.Ordinal)
            ? problems.Append(new(
                at[nameof(InstanceClass)], "has 1 GiB of memory, and Posit asks for 2 at least", "db.t4g.small or larger",
                $"instanceClass: {RdsPostgresArgs.DefaultInstanceClass}", InstanceClass))
            : problems;
    }

    private IEnumerable<SettingsProblem> CheckWindows(SettingPath at)
    {
        (string Key, ServiceWindow Window)[] windows = [(nameof(BackupWindow), BackupWindow), (nameof(MaintenanceWindow), MaintenanceWindow)];
        foreach (var (name, window) in windows.Where(entry => !entry.Window.Lasts(ServiceWindow.LeastOfRds)))
        {
            yield return new(at[name], "is shorter than RDS takes", "30 minutes or more", "let it end later", $"{window}");
        }

        if (MaintenanceWindow.Overlaps(BackupWindow))
        {
            yield return new(
                at[nameof(BackupWindow)], $"overlaps with maintenanceWindow, {MaintenanceWindow}, and RDS wants them apart",
                "a time outside of maintenanceWindow", "move one of the two", $"{BackupWindow}");
        }
    }

    private IEnumerable<SettingsProblem> CheckProduction(PlatformSettings platform, SettingPath at)
    {
        if (platform.Production && BackupRetentionDays == 0)
        {
            yield return new(
                at[nameof(BackupRetentionDays)], "leaves a production stack without backups", "1 to 35",
                $"backupRetentionDays: {RdsPostgresArgs.DefaultBackupRetentionInDays}", "0");
        }

        if (platform.Production && !MultiZone)
        {
            yield return PostgresRules.OneZone(at[nameof(MultiZone)]);
        }

        if (platform.Production && !FinalSnapshot)
        {
            yield return PostgresRules.NothingLeft(at[nameof(FinalSnapshot)]);
        }
    }
}

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

/// <summary>A database that exists.</summary>
[Needs(nameof(PlatformSettings.Cluster))]
public sealed record ExistingPostgresSettings : PostgresSettings, IChecked
{
    [Setting("Where the server listens.")]
    [Form(Form.PostgresHost)]
    public required string Host { get; init; }

    [Setting("TCP port of the server.")]
    [Range(1, 65_535)]
    public int Port { get; init; } = ExistingPostgresArgs.DefaultPort;

    [Setting("Name of the database. It is empty at first, and nothing else uses it.")]
    [Form(Form.PostgresName)]
    public required string Database { get; init; }

    [Setting("Role that connects. It may make tables in the database.")]
    [Form(Form.PostgresName)]
    public required string User { get; init; }

    [Setting("Password of the role.")]
    [Secret("postgresPassword")]
    public required SecretSetting Password { get; init; }

    [Setting("libpq's sslmode: verifyCa and verifyFull check the server's certificate, verifyFull its name as well.")]
    public PostgresSslMode SslMode { get; init; } = ExistingPostgresArgs.DefaultSslMode;

    [Setting(
        "Certificates in PEM of the authority that signed the server's, for verifyCa and verifyFull.",
        Absent = "an authority that the client's image trusts")]
    public string? CertificateAuthority { get; init; }

    public override T Match<T>(IPostgresKinds<T> kinds) => kinds.Existing(this);

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        foreach (var problem in PemCertificates.Check(CertificateAuthority, at[nameof(CertificateAuthority)]))
        {
            yield return problem;
        }

        if (CertificateAuthority is not null && SslMode < PostgresSslMode.VerifyCa)
        {
            yield return new(
                at[nameof(SslMode)], "checks no certificate, and certificateAuthority would never be asked", "verifyCa or verifyFull beside certificateAuthority",
                "sslMode: verifyFull, or remove certificateAuthority", SettingPath.KeyFor($"{SslMode}"));
        }

        if (platform.Production && SslMode < PostgresSslMode.Require)
        {
            yield return SettingsProblem.Warning(
                at[nameof(SslMode)], "lets a production stack send its password and data where anybody in the network can read them",
                "require, verifyCa or verifyFull", "sslMode: require", SettingPath.KeyFor($"{SslMode}"));
        }
    }
}

/// <summary>What both clouds' servers are asked about in production.</summary>
internal static class PostgresRules
{
    public static SettingsProblem OneZone(SettingPath at) => SettingsProblem.Warning(
        at, "leaves a production stack without its database while a zone is away", "true", $"remove {at.Key}", "false");

    public static SettingsProblem NothingLeft(SettingPath at) => SettingsProblem.Warning(
        at, "leaves nothing of a production stack's database when its server is deleted", "true", $"remove {at.Key}", "false");
}
