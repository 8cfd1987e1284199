using Infra.Databases;
using Stacks.Settings.Declaring;
using Stacks.Settings.Values;

namespace Stacks.Settings;

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
