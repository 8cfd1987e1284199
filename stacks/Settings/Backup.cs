using Infra.Accounts;
using Infra.Backups;
using Stacks.Settings.Crossing;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>Copies of the shared storage, and of the data volume of a host by Docker Compose, by AWS Backup.</summary>
[Needs(nameof(PlatformSettings.Aws), nameof(PlatformSettings.Storage), Instead = nameof(PlatformSettings.Compose))]
public sealed record BackupSettings : IChecked
{
    [Setting("When, as AWS Backup writes it: minute, hour, day of the month, month, day of the week and year, in UTC.")]
    [Form(Form.BackupSchedule)]
    public string Schedule { get; init; } = BackupPlanArgs.DefaultSchedule;

    [Setting("Days that a recovery point is kept.")]
    [Range(1, BackupRetention.MostDays)]
    public int RetentionDays { get; init; } = BackupPlanArgs.DefaultRetentionInDays;

    [Setting("Days until a recovery point of EFS goes to cold storage, where it stays for 90 days at least.", Absent = "never", Example = "30")]
    [Range(1, BackupRetention.MostDays - BackupRetention.FewestColdDays)]
    public int? ColdStorageAfterDays { get; init; }

    [Setting("A second copy in another region.", Absent = "none")]
    public BackupCopySettings? Copy { get; init; }

    [Setting("A lock that keeps recovery points from whoever may delete them otherwise, in the vaults of both regions.", Absent = "none")]
    public VaultLockSettings? Lock { get; init; }

    [Setting("Leave vaults, recovery points and their keys in the account when they leave the stack, whether it is protected or not.")]
    public bool KeepVaults { get; init; } = BackupVaultArgs.DefaultKept;

    /// <summary>Whether something stays when the file system goes, and can be read as long as the key does that encrypted it.</summary>
    public bool LeavesRecoveryPoints => KeepVaults || Lock is not null;

    /// <summary>Days that the copy in the other region is kept.</summary>
    public int CopyRetentionDays => Copy?.RetentionDays ?? RetentionDays;

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at) =>
        [.. CheckStorage(platform, at), .. CheckRetention(platform, at), .. CheckCopy(platform, at), .. CheckLock(at)];

    private static IEnumerable<SettingsProblem> CheckStorage(PlatformSettings platform, SettingPath at)
    {
        if (platform is { Storage: null, Compose: { Host: null } })
        {
            yield return new(
                at, $"finds nothing to keep: {At.Compose} describes files for a host that this stack does not make", "given beside compose.host, or storage",
                "add host to platform:compose, or remove platform:backup");
        }

        if (platform.Storage is not (null or EfsStorageSettings or FsxLustreStorageSettings { Deployment: Infra.Storage.FsxLustreDeployment.Persistent }))
        {
            yield return new(
                at, "finds nothing to keep: AWS Backup takes EFS, and FSx for Lustre where it is persistent", "given beside one of them",
                "storage: { efs: {} }, or remove platform:backup");
        }

        if (platform.Storage is EfsStorageSettings { Backup: true })
        {
            yield return SettingsProblem.Warning(
                At.Storage["efs"]["backup"], $"keeps a copy of every file for 35 days, and {at} keeps another", "false beside platform:backup",
                "storage: { efs: { backup: false } }", "true");
        }
    }

    private IEnumerable<SettingsProblem> CheckRetention(PlatformSettings platform, SettingPath at)
    {
        if (ColdStorageAfterDays is not { } cold)
        {
            yield break;
        }

        if (RetentionDays < cold + BackupRetention.FewestColdDays)
        {
            yield return new(
                at[nameof(RetentionDays)],
                $"ends before a recovery point has been in cold storage for {BackupRetention.FewestColdDays} days, which AWS Backup demands",
                $"{cold + BackupRetention.FewestColdDays} or more with coldStorageAfterDays: {cold}",
                $"retentionDays: {cold + BackupRetention.FewestColdDays}, or remove coldStorageAfterDays", $"{RetentionDays}");
        }

        if (platform.Storage is null && platform.Compose?.Host is not null)
        {
            yield return new(
                at[nameof(ColdStorageAfterDays)], "has no effect on an EBS volume, whose recovery points are snapshots", "absent with compose.host alone",
                "remove coldStorageAfterDays", $"{cold}");
        }

        if (platform.Storage is FsxLustreStorageSettings)
        {
            yield return new(
                at[nameof(ColdStorageAfterDays)], "has no effect: AWS Backup has no cold storage for FSx for Lustre", "absent with fsxLustre",
                "remove coldStorageAfterDays", $"{cold}");
        }
    }

    private IEnumerable<SettingsProblem> CheckCopy(PlatformSettings platform, SettingPath at)
    {
        if (Copy is not { } copy || platform.Aws is not { } aws)
        {
            yield break;
        }

        var here = at[nameof(Copy)][nameof(copy.Region)];
        if (copy.Region == aws.Region)
        {
            yield return new(
                here, "is the region of the stack, where the first copy is", "another region", "name the region that you would move to", copy.Region.Name);
        }
        else if (copy.Region.Partition != aws.Region.Partition)
        {
            yield return new(
                here, $"is in another partition of AWS than {aws.Region}, where the account has no vault", $"a region of the partition {aws.Region.Partition}",
                "name a region of the same partition", copy.Region.Name);
        }
    }

    private IEnumerable<SettingsProblem> CheckLock(SettingPath at)
    {
        if (Lock is null)
        {
            yield break;
        }

        (SettingPath At, int Days)[] kept = Copy?.RetentionDays is { } copied
            ? [(at[nameof(RetentionDays)], RetentionDays), (at[nameof(Copy)][nameof(RetentionDays)], copied)]
            : [(at[nameof(RetentionDays)], RetentionDays)];
        foreach (var (place, days) in kept.Where(kept => kept.Days < Lock.MinimumDays || kept.Days > Lock.MaximumDays))
        {
            yield return new(
                place, "is outside of what the lock lets in, so that every backup would fail",
                $"{Lock.MinimumDays ?? 1} to {Lock.MaximumDays ?? BackupRetention.MostDays}", "change it, or lock.minimumDays and lock.maximumDays", $"{days}");
        }
    }
}

/// <summary>A second copy of each recovery point.</summary>
public sealed record BackupCopySettings
{
    [Setting("The region. A vault and a key are made there.", Example = "eu-central-1")]
    public required AwsRegion Region { get; init; }

    [Setting("Days that the copy is kept.", Absent = "as long as the first", Example = "90")]
    [Range(1, BackupRetention.MostDays)]
    public int? RetentionDays { get; init; }
}

/// <summary>A lock on the vaults.</summary>
public sealed record VaultLockSettings : IChecked
{
    /// <summary>What an operator writes who has understood that nobody can undo it.</summary>
    private const string Word = "irreversible";

    [Setting("Who can take it off: principals with the permission to, or nobody.")]
    public required VaultLockMode Mode { get; init; }

    [Setting("Fewest days that a recovery point may be kept.", Absent = "no bound", Example = "7")]
    [Range(1, BackupRetention.MostDays)]
    public int? MinimumDays { get; init; }

    [Setting("Most days that a recovery point may be kept.", Absent = "no bound", Example = "365")]
    [Range(1, BackupRetention.MostDays)]
    public int? MaximumDays { get; init; }

    [Setting(
        "Days in which a lock in compliance mode can still be changed or removed. After them neither you nor AWS can remove it, nor the vault while a "
        + "recovery point is in it.",
        Absent = "it has to be said with mode: compliance",
        Example = "14")]
    [Range(VaultLock.FewestDaysToChange, BackupRetention.MostDays)]
    public int? ChangeableForDays { get; init; }

    [Setting("The word irreversible, for mode: compliance.", Absent = "mode: governance", Example = Word)]
    public string? Confirm { get; init; }

    public VaultLock Lock => new(MinimumDays, MaximumDays, ChangeableForDays);

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (MinimumDays > MaximumDays)
        {
            yield return new(
                at[nameof(MaximumDays)], $"is below minimumDays, {MinimumDays}, and no recovery point could be both", "minimumDays or more",
                $"maximumDays: {MinimumDays}", $"{MaximumDays}");
        }

        if (Mode is VaultLockMode.Governance)
        {
            (string Key, string Given)[] compliance = [(nameof(ChangeableForDays), $"{ChangeableForDays}"), (nameof(Confirm), Confirm ?? "")];
            foreach (var (key, given) in compliance.Where(setting => setting.Given.Length > 0))
            {
                yield return new(
                    at[key], "is for mode: compliance: a lock in governance mode can be changed at any time", "absent with mode: governance",
                    $"remove {SettingPath.KeyFor(key)}, or set mode: compliance", given);
            }

            yield break;
        }

        if (ChangeableForDays is null)
        {
            yield return new(
                at[nameof(ChangeableForDays)], "is missing: without a date the lock would be one in governance mode",
                $"{VaultLock.FewestDaysToChange} or more", "changeableForDays: 14");
        }

        if (Confirm != Word)
        {
            yield return new(
                at[nameof(Confirm)],
                "does not say that it is understood: after changeableForDays nobody can remove the lock, shorten a retention, or delete the vault or a recovery "
                    + "point in it, and all of them are paid for until they end",
                Word, $"confirm: {Word}, or mode: governance", Confirm);
        }
    }
}

/// <summary>Who can take a vault lock off.</summary>
public enum VaultLockMode
{
    /// <summary>Principals with the permission <c>backup:DeleteBackupVaultLockConfiguration</c>.</summary>
    Governance,

    /// <summary>Nobody, once it is in force.</summary>
    Compliance,
}
