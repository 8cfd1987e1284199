using Infra.Networks;
using Pulumi;
using Pulumi.Aws.Fsx;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Storage;

/// <summary>
/// An FSx for Lustre file system in the first zone of the network; every claim is the whole of it.
/// Stateful: it honours <see cref="FsxLustreStorageArgs.Protected"/>.
/// </summary>
public sealed class FsxLustreStorage : ComponentResource, ISharedStorage
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

    public FsxLustreStorage(string name, FsxLustreStorageArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        if (!FsxLustreStorageArgs.IsCapacity(args.CapacityGiB))
        {
            throw new ResourceException(
                $"File system '{name}' would have {args.CapacityGiB} GiB: FSx for Lustre makes {FsxLustreStorageArgs.SmallestGiB} and multiples of {FsxLustreStorageArgs.StepGiB}.",
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
        RegisterOutputs();
    }

    public SharedClaim Claim(string name, SharedClaimArgs args, ComponentResourceOptions? options = null)
    {
        _directory ??= args.Directory;
        if (_directory != args.Directory)
        {
            throw new ResourceException(
                $"Claim '{name}' wants the directory '{args.Directory}' and another claim has '{_directory}': claims of one FSx for Lustre file system see each other's files, so that they must want the same directory.",
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
            fileSystem.SkipFinalBackup = !args.Protected;
        }

        return fileSystem;
    }
}
