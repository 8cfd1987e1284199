using Infra.Storage;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>An EFS file system.</summary>
[Needs(nameof(PlatformSettings.Aws), nameof(PlatformSettings.Cluster))]
public sealed record EfsStorageSettings : StorageSettings, IChecked
{
    [Setting("How the file system comes by its throughput.")]
    public EfsThroughput Throughput { get; init; } = EfsStorageArgs.DefaultThroughput;

    [Setting("Days without access after which a file moves to the Infrequent Access class; reading it moves it back.")]
    [OneOf(7, 14, 30, 60, 90, 180, 270, 365)]
    public int InfrequentAccessAfterDays { get; init; } = EfsStorageArgs.DefaultInfrequentAccessAfterDays;

    [Setting("Daily backups by AWS Backup, kept for 35 days.")]
    public bool Backup { get; init; } = EfsStorageArgs.DefaultBackupEnabled;

    public override bool HasDirectories => true;

    public override T Match<T>(IStorageKinds<T> kinds) => kinds.Efs(this);

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (!Backup && platform is { Production: true, Backup: null })
        {
            yield return new(
                at[nameof(Backup)], "leaves the files of a production stack without a copy", "true, or platform:backup beside it",
                "backup: true, or platform:backup: {}", "false");
        }

        foreach (var problem in ClusterRules.NeedsEks(platform, at))
        {
            yield return problem;
        }
    }
}

/// <summary>An FSx for Lustre file system.</summary>
[Needs(nameof(PlatformSettings.Aws), nameof(PlatformSettings.Cluster))]
public sealed record FsxLustreStorageSettings : StorageSettings, IChecked
{
    [Setting("Size in GiB: 1200, or a multiple of 2400. It can grow, not shrink.", Example = "1200")]
    [Range(FsxLustreStorageArgs.SmallestGiB, 2_000_000)]
    public required int CapacityGiB { get; init; }

    [Setting("One copy of the data, for work that can be done again; or replicated and backed up.")]
    public FsxLustreDeployment Deployment { get; init; } = FsxLustreDeployment.Persistent;

    [Setting("MB/s for each TiB of a persistent file system.")]
    [OneOf(125, 250, 500, 1000)]
    public int ThroughputPerTiB { get; init; } = FsxLustreStorageArgs.DefaultThroughputPerTiB;

    [Setting("Days that the backups of a persistent file system are kept; 0 makes none.")]
    [Range(0, 90)]
    public int BackupRetentionDays { get; init; } = FsxLustreStorageArgs.DefaultBackupRetentionInDays;

    [Setting("Make a last backup when a persistent file system is deleted; it stays in the account, and the key that encrypts it, too.")]
    public bool FinalBackup { get; init; } = FsxLustreStorageArgs.DefaultFinalBackup;

    /// <summary>Whether something stays when the file system goes.</summary>
    public bool LeavesABackup => FinalBackup && Deployment is FsxLustreDeployment.Persistent;

    public override T Match<T>(IStorageKinds<T> kinds) => kinds.FsxLustre(this);

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (!FsxLustreStorageArgs.IsCapacity(CapacityGiB))
        {
            var below = CapacityGiB / FsxLustreStorageArgs.StepGiB * FsxLustreStorageArgs.StepGiB;
            var smaller = below == 0 ? FsxLustreStorageArgs.SmallestGiB : below;
            yield return new(
                at[nameof(CapacityGiB)],
                "is no size that FSx for Lustre makes",
                $"{FsxLustreStorageArgs.SmallestGiB}, or a multiple of {FsxLustreStorageArgs.StepGiB}",
                $"capacityGiB: {smaller} or {below + FsxLustreStorageArgs.StepGiB}",
                $"{CapacityGiB}");
        }

        if (platform.Production && Deployment is FsxLustreDeployment.Scratch)
        {
            yield return new(
                at[nameof(Deployment)], "loses data when a file server fails, in a production stack", "persistent",
                "deployment: persistent, or production: false", "scratch");
        }

        foreach (var (name, environment) in platform.Tower?.Environments.Where(environment => environment.Value.Scratch?.Directory is not null) ?? [])
        {
            yield return new(
                TowerSettings.ScratchOf(name)[nameof(environment.Scratch.Directory)], "is given, and every claim on FSx for Lustre is the whole file system",
                "no directory", "remove directory, or choose efs", environment.Scratch!.Directory);
        }

        foreach (var problem in ClusterRules.NeedsEks(platform, at))
        {
            yield return problem;
        }
    }
}
