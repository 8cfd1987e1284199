using Infra.Networks;
using Pulumi;
using Pulumi.Aws.Fsx;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Storage;

/// <summary>
/// An FSx for Lustre file system in the first zone of the network; every claim is the whole of it.
/// Stateful: it honours <see cref="FsxLustreStorageArgs.Protected"/>.
/// </summary>
public sealed class FsxLustreStorage : ComponentResource, ISharedStorage, IBackedUp
{
    private const string Token = "platform:storage:FsxLustreStorage";
    private const string Driver = "fsx.csi.aws.com";

    // The newest version whose client Amazon Linux 2023 nodes carry (FSx for Lustre user guide, "Compatibility").
    private const string LustreVersion = "2.15";

    private readonly LustreFileSystem _fileSystem;
    private string? _directory;

    /// <summary>Id of the file system; resolves when it can be mounted.</summary>
    [Output("fileSystemId")]
    public Output<string> FileSystemId { get; private set; }

    public Output<string> Arn { get; }

    public FsxLustreStorage(string name, FsxLustreStorageArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        if (!FsxLustreStorageArgs.IsCapacity(args.CapacityGiB))
        {
            throw new ResourceException(
                $"File system '{name}' would have {args.CapacityGiB} GiB: FSx for Lustre makes {FsxLustreStorageArgs.SmallestGiB} and multiples of "
                    + $"{FsxLustreStorageArgs.StepGiB}.",
                this,
                hideStack: true);
        }

        var clients = new ServiceSecurityGroup(
            $"{name}-security-group",
            new ServiceSecurityGroupArgs
            {
                VpcId = args.Network.VpcId,
                Description = "FSx for Lustre",
                Ports = ServicePorts.Lustre,
                ClientGroupId = args.ClientSecurityGroupId,
                TalksBack = true,
            },
            new ComponentResourceOptions { Parent = this });
        _fileSystem = new LustreFileSystem(
            name,
            FileSystem(args, clients.GroupId),
            new CustomResourceOptions { Parent = this, Protect = args.Protected, RetainOnDelete = args.Protected });
        FileSystemId = _fileSystem.Id;
        Arn = _fileSystem.Arn;
        RegisterOutputs();
    }

    public SharedClaim Claim(string name, SharedClaimArgs args, ComponentResourceOptions? options = null)
    {
        _directory ??= args.Directory;
        if (_directory != args.Directory)
        {
            throw new ResourceException(
                $"Claim '{name}' wants the directory '{args.Directory}' and another claim has '{_directory}': claims of one FSx for Lustre file system see "
                    + "each other's files, so that they must want the same directory.",
                this,
                hideStack: true);
        }

        var volume = new SharedVolume.Static
        {
            // Without it, locks hold on one node only, and Nextflow's do not hold at all.
            MountOptions = ["flock"],
            Csi = new CSIPersistentVolumeSourceArgs
            {
                Driver = Driver,
                VolumeHandle = FileSystemId,
                VolumeAttributes = { ["dnsname"] = _fileSystem.DnsName, ["mountname"] = _fileSystem.MountName },
            },
        };
        return new SharedClaim(name, args, volume, options);
    }

    private static LustreFileSystemArgs FileSystem(FsxLustreStorageArgs args, Output<string> securityGroupId)
    {
        var fileSystem = new LustreFileSystemArgs
        {
            StorageCapacity = args.CapacityGiB,
            StorageType = "SSD",
            SubnetIds = args.Network.PrivateSubnets[0].Id,
            SecurityGroupIds = { securityGroupId },
            FileSystemTypeVersion = LustreVersion,
            DataCompressionType = "LZ4",
            DeploymentType = args.Deployment is FsxLustreDeployment.Scratch ? "SCRATCH_2" : "PERSISTENT_2",
            Tags = { ["Name"] = args.DisplayName },
        };
        if (args.Deployment is FsxLustreDeployment.Persistent)
        {
            // The API refuses all of these for scratch file systems.
            fileSystem.KmsKeyId = args.KeyArn!;
            fileSystem.PerUnitStorageThroughput = args.ThroughputPerTiB;
            fileSystem.AutomaticBackupRetentionDays = args.BackupRetentionInDays;
            fileSystem.CopyTagsToBackups = true;
            fileSystem.SkipFinalBackup = !args.FinalBackup;
        }

        return fileSystem;
    }
}

/// <summary>What an FSx for Lustre file system looks like and who reaches it.</summary>
public sealed class FsxLustreStorageArgs : ResourceArgs
{
    public const int DefaultThroughputPerTiB = 125;
    public const int DefaultBackupRetentionInDays = 7;
    public const bool DefaultFinalBackup = true;

    /// <summary>
    /// Smallest file system, in GiB; larger ones are whole multiples of <see cref="StepGiB"/> (FSx API reference, CreateFileSystem, <c>StorageCapacity</c>).
    /// </summary>
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

    /// <summary>Whether a persistent file system is worth a last backup when it is deleted, allowed or not. Default true.</summary>
    public bool FinalBackup { get; init; } = DefaultFinalBackup;

    /// <summary>Refuse deletion through Pulumi and keep the file system when it leaves the program. Default false.</summary>
    public bool Protected { get; init; }

    /// <summary>Whether FSx makes file systems of this size.</summary>
    public static bool IsCapacity(int gibibytes) => gibibytes == SmallestGiB || (gibibytes > 0 && gibibytes % StepGiB == 0);
}

/// <summary>How an FSx for Lustre file system keeps its data.</summary>
public enum FsxLustreDeployment
{
    /// <summary>One copy, for work directories that can be computed again; lost if a file server fails.</summary>
    Scratch,

    /// <summary>Replicated inside its zone, with backups.</summary>
    Persistent,
}
