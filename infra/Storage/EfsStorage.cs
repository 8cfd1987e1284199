using Infra.Networks;
using Pulumi;
using Pulumi.Aws.Efs;
using Pulumi.Aws.Efs.Inputs;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Storage;

/// <summary>
/// An EFS file system with a mount target in every zone; each claim is a directory of it. Stateful: it honours <see cref="EfsStorageArgs.Protected"/>.
/// </summary>
public sealed class EfsStorage : ComponentResource, ISharedStorage, IBackedUp
{
    private const string Token = "platform:storage:EfsStorage";
    private const string Driver = "efs.csi.aws.com";

    private readonly Output<string> _mountable;

    /// <summary>Id of the file system; resolves when it exists.</summary>
    [Output("fileSystemId")]
    public Output<string> FileSystemId { get; private set; }

    public Output<string> Arn { get; }

    public EfsStorage(string name, EfsStorageArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var fileSystem = new FileSystem(
            name,
            new FileSystemArgs
            {
                Encrypted = true,
                KmsKeyId = args.KeyArn!,
                PerformanceMode = "generalPurpose",
                ThroughputMode = args.Throughput is EfsThroughput.Elastic ? "elastic" : "bursting",
                LifecyclePolicies =
                {
                    new FileSystemLifecyclePolicyArgs { TransitionToIa = $"AFTER_{args.InfrequentAccessAfterDays}_DAYS" },
                    new FileSystemLifecyclePolicyArgs { TransitionToPrimaryStorageClass = "AFTER_1_ACCESS" },
                },
                Tags = { ["Name"] = args.DisplayName },
            },
            new CustomResourceOptions { Parent = this, Protect = args.Protected, RetainOnDelete = args.Protected });
        FileSystemId = fileSystem.Id;
        Arn = fileSystem.Arn;

        new BackupPolicy(
            $"{name}-backup",
            new BackupPolicyArgs
            {
                FileSystemId = FileSystemId,
                BackupPolicyDetails = new BackupPolicyBackupPolicyArgs { Status = args.BackupEnabled ? "ENABLED" : "DISABLED" },
            },
            new CustomResourceOptions { Parent = this });
        var clients = new ServiceSecurityGroup(
            $"{name}-security-group",
            new ServiceSecurityGroupArgs
            {
                VpcId = args.Network.VpcId,
                Description = "EFS mount targets",
                Ports = ServicePorts.Nfs,
                ClientGroupId = args.ClientSecurityGroupId,
            },
            new ComponentResourceOptions { Parent = this });
        var targets = args.Network.PrivateSubnets.Select(subnet => new MountTarget(
            $"{name}-target-{subnet.Key}",
            new MountTargetArgs { FileSystemId = FileSystemId, SubnetId = subnet.Id, SecurityGroups = { clients.GroupId } },
            new CustomResourceOptions { Parent = this }).FileSystemId);

        // A node can mount as soon as its zone has a target: a volume that names the file system waits for all of them.
        _mountable = Output.All(targets).Apply(ids => ids[0]);
        RegisterOutputs();
    }

    public SharedClaim Claim(string name, SharedClaimArgs args, ComponentResourceOptions? options = null)
    {
        var volume = new SharedVolume.Static
        {
            Csi = new CSIPersistentVolumeSourceArgs { Driver = Driver, VolumeHandle = Handle(name, args) },
        };
        return new SharedClaim(name, args, volume, options);
    }

    // The short form: drivers before 3.0 refuse the prefix "efs:" of the new one.
    private Output<string> Handle(string name, SharedClaimArgs args)
    {
        if (args.Directory.Length == 0)
        {
            return _mountable;
        }

        var point = new AccessPoint(
            $"{name}-access-point",
            Point(args),
            // EFS asks for them once, when the directory is missing: other ones are no reason for another access point, and another volume with it.
            new CustomResourceOptions { Parent = this, Protect = args.Protected, IgnoreChanges = { "rootDirectory.creationInfo.permissions" } });
        return Output.Tuple(_mountable, point.Id).Apply(ids => $"{ids.Item1}::{ids.Item2}");
    }

    // An access point makes the directory, which a plain mount of a path does not. Files belong to the pod that writes them.
    private AccessPointArgs Point(SharedClaimArgs args) => new()
    {
        FileSystemId = FileSystemId,
        RootDirectory = new AccessPointRootDirectoryArgs
        {
            Path = StoragePath.Join("/", args.Directory),
            CreationInfo = new AccessPointRootDirectoryCreationInfoArgs { OwnerUid = 0, OwnerGid = 0, Permissions = args.Permissions },
        },
    };
}

/// <summary>What an EFS file system looks like and who reaches it.</summary>
public sealed class EfsStorageArgs : ResourceArgs
{
    public const EfsThroughput DefaultThroughput = EfsThroughput.Elastic;
    public const int DefaultInfrequentAccessAfterDays = 30;
    public const bool DefaultBackupEnabled = true;
    public required INetwork Network { get; init; }

    /// <summary>Security group of the nodes, which mount on behalf of their pods.</summary>
    public required Input<string> ClientSecurityGroupId { get; init; }

    /// <summary>Key of the file system; null for the account's own EFS key. Cannot be changed later.</summary>
    public Input<string>? KeyArn { get; init; }

    /// <summary>Shown as the <c>Name</c> tag.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Default elastic.</summary>
    public EfsThroughput Throughput { get; init; } = DefaultThroughput;

    /// <summary>
    /// Days without access after which a file moves to the Infrequent Access class, one of EFS's values; it moves back when it is read. Default 30.
    /// </summary>
    public int InfrequentAccessAfterDays { get; init; } = DefaultInfrequentAccessAfterDays;

    /// <summary>Daily backups by AWS Backup, kept for 35 days. Default true.</summary>
    public bool BackupEnabled { get; init; } = DefaultBackupEnabled;

    /// <summary>Refuse deletion through Pulumi and keep the file system when it leaves the program. Default false.</summary>
    public bool Protected { get; init; }
}

/// <summary>How an EFS file system comes by its throughput.</summary>
public enum EfsThroughput
{
    /// <summary>As much as is asked for, paid by the byte; what AWS advises for work that comes in bursts.</summary>
    Elastic,

    /// <summary>Grows with the amount of data stored; small file systems are slow.</summary>
    Bursting,
}
