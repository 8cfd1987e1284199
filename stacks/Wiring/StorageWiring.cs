using Infra.Naming;
using Infra.Storage;
using Stacks.Settings;

namespace Stacks.Wiring;

/// <summary>Makes or adopts the shared storage.</summary>
internal sealed class StorageWiring(StackContext stack) : IStorageKinds<ISharedStorage>
{
    public ISharedStorage Nfs(NfsStorageSettings settings) => new NfsStorage(settings.Server, settings.Path, settings.MountOptions);

    public ISharedStorage ExistingClass(ExistingClassStorageSettings settings) => new ExistingClassStorage(settings.StorageClassName);

    public ISharedStorage HostPath(HostPathStorageSettings settings) => new HostPathStorage(settings.Path, settings.SingleNodeDemo);

    public ISharedStorage Filestore(FilestoreStorageSettings settings) => settings.InstancePerClaim ? FilestoreClass(settings) : FilestoreInstance(settings);

    public ISharedStorage Efs(EfsStorageSettings settings) => new EfsStorage(
        "storage",
        new EfsStorageArgs
        {
            BackupEnabled = settings.Backup,
            ClientSecurityGroupId = stack.Eks.NodeSecurityGroupId,
            DisplayName = stack.Aws.Name,
            InfrequentAccessAfterDays = settings.InfrequentAccessAfterDays,
            KeyArn = stack.Aws.DataKey().Arn,
            Network = stack.Eks.Network,
            Protected = stack.Protects(ProtectedParts.Storage),
            Throughput = settings.Throughput,
        },
        stack.Aws.Options());

    public ISharedStorage FsxLustre(FsxLustreStorageSettings settings) => new FsxLustreStorage(
        "storage",
        new FsxLustreStorageArgs
        {
            BackupRetentionInDays = settings.BackupRetentionDays,
            CapacityGiB = settings.CapacityGiB,
            ClientSecurityGroupId = stack.Eks.NodeSecurityGroupId,
            Deployment = settings.Deployment,
            DisplayName = stack.Aws.Name,
            FinalBackup = settings.FinalBackup,
            KeyArn = stack.Aws.DataKey().Arn,
            Network = stack.Eks.Network,
            Protected = stack.Protects(ProtectedParts.Storage),
            ThroughputPerTiB = settings.ThroughputPerTiB,
        },
        stack.Aws.Options());

    private FilestoreStorage FilestoreInstance(FilestoreStorageSettings settings) => new(
        "storage",
        new FilestoreStorageArgs
        {
            CapacityGiB = settings.Capacity,
            InstanceName = stack.Gcp.Name(GcpNameRule.FilestoreInstance, "storage"),
            Location = settings.LocationBeside(stack.Settings)!,
            Network = stack.Gke.Network,
            Protected = stack.Protects(ProtectedParts.Storage),
            Tier = settings.Offered,
        },
        stack.Gcp.Options());

    private FilestoreClassStorage FilestoreClass(FilestoreStorageSettings settings) => new(
        "storage",
        new FilestoreClassStorageArgs
        {
            ClassName = settings.ClassName,
            Network = stack.Gke.Network,
            Protected = stack.Protects(ProtectedParts.Storage),
            Tier = settings.Offered,
        },
        stack.OnCluster());
}
