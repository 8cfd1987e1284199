using Infra.Networks;
using Pulumi;

namespace Infra.Storage;

/// <summary>What an FSx for Lustre file system looks like and who reaches it.</summary>
public sealed class FsxLustreStorageArgs : ResourceArgs
{
    public const int DefaultThroughputPerTiB = 125;
    public const int DefaultBackupRetentionInDays = 7;

    /// <summary>Smallest file system, in GiB; larger ones are whole multiples of <see cref="StepGiB"/> (FSx API reference, CreateFileSystem, <c>StorageCapacity</c>).</summary>
    public const int SmallestGiB = 1200;

    public const int StepGiB = 2400;

    public required INetwork Network { get; init; }

    /// <summary>Security group of the nodes.</summary>
    public required Input<string> ClientSecurityGroupId { get; init; }

    /// <summary>Key of a persistent file system; null for the account's own FSx key. Scratch file systems take none.</summary>
    public Input<string>? KeyArn { get; init; }

    /// <summary>Shown as the <c>Name</c> tag.</summary>
    public required string DisplayName { get; init; }

    /// <summary>1200, or a multiple of 2400. It can grow, not shrink.</summary>
    public required int CapacityGiB { get; init; }

    public required FsxLustreDeployment Deployment { get; init; }

    /// <summary>MB/s for each TiB of a persistent file system: 125, 250, 500 or 1000. Default 125.</summary>
    public int ThroughputPerTiB { get; init; } = DefaultThroughputPerTiB;

    /// <summary>Days that daily backups of a persistent file system are kept: 0 to 90. Default 7.</summary>
    public int BackupRetentionInDays { get; init; } = DefaultBackupRetentionInDays;

    /// <summary>Refuse deletion through Pulumi and keep the file system when it leaves the program. Default false.</summary>
    public bool Protected { get; init; }

    /// <summary>Whether FSx makes file systems of this size.</summary>
    public static bool IsCapacity(int gibibytes) => gibibytes == SmallestGiB || (gibibytes > 0 && gibibytes % StepGiB == 0);
}
