using Infra.Clusters;
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
