using Infra.Clusters;
using Infra.Naming;
using Infra.Storage;
using Pulumi;
using Stacks.Settings;

namespace Stacks.Wiring;

/// <summary>Picks the shared storage; nothing else asks which one it is.</summary>
internal static class StorageWiring
{
    public static ISharedStorage Define(StorageSettings settings, ICluster? cluster, StackContext stack) => settings switch
    {
        { Efs: { } efs } => Efs(efs, (IEksCluster)cluster!, stack),
        { FsxLustre: { } lustre } => FsxLustre(lustre, (IEksCluster)cluster!, stack),
        { Filestore: { InstancePerClaim: true } filestore } => FilestoreClass(filestore, (IGkeCluster)cluster!, stack),
        { Filestore: { } filestore } => Filestore(filestore, (IGkeCluster)cluster!, stack),
        { Nfs: { } nfs } => new NfsStorage(nfs.Server, nfs.Path, nfs.MountOptions),
        { ExistingClass: { } existing } => new ExistingClassStorage(existing.StorageClassName),
        { HostPath: { } hostPath } => new HostPathStorage(hostPath.Path, hostPath.SingleNodeDemo),
        _ => throw new RunException("platform:storage names no kind of storage."),
    };

    private static EfsStorage Efs(EfsStorageSettings settings, IEksCluster cluster, StackContext stack) => new(
        "storage",
        new EfsStorageArgs
        {
            BackupEnabled = settings.Backup,
            ClientSecurityGroupId = cluster.NodeSecurityGroupId,
            DisplayName = stack.Aws!.Name,
            InfrequentAccessAfterDays = settings.InfrequentAccessAfterDays,
            KeyArn = stack.Aws.DataKey.Arn,
            Network = cluster.Network,
            Protected = stack.Protected,
            Throughput = settings.Throughput,
        },
        stack.Aws.Options());

    private static FilestoreStorage Filestore(FilestoreStorageSettings settings, IGkeCluster cluster, StackContext stack) => new(
        "storage",
        new FilestoreStorageArgs
        {
            CapacityGiB = settings.Capacity,
            InstanceName = stack.Gcp!.Name(GcpNameRule.FilestoreInstance, "storage"),
            Location = settings.LocationBeside(stack.Settings)!,
            Network = cluster.Network,
            Protected = stack.Protected,
            Tier = settings.Offered,
        },
        stack.Gcp.Options());

    private static FilestoreClassStorage FilestoreClass(FilestoreStorageSettings settings, IGkeCluster cluster, StackContext stack) => new(
        "storage",
        new FilestoreClassStorageArgs { ClassName = settings.ClassName, Network = cluster.Network, Protected = stack.Protected, Tier = settings.Offered },
        StackContext.On(cluster));

    private static FsxLustreStorage FsxLustre(FsxLustreStorageSettings settings, IEksCluster cluster, StackContext stack) => new(
        "storage",
        new FsxLustreStorageArgs
        {
            BackupRetentionInDays = settings.BackupRetentionDays,
            CapacityGiB = settings.CapacityGiB,
            ClientSecurityGroupId = cluster.NodeSecurityGroupId,
            Deployment = settings.Deployment,
            DisplayName = stack.Aws!.Name,
            KeyArn = stack.Aws.DataKey.Arn,
            Network = cluster.Network,
            Protected = stack.Protected,
            ThroughputPerTiB = settings.ThroughputPerTiB,
        },
        stack.Aws.Options());
}
