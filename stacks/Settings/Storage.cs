using System.Collections.Immutable;
using Infra.Storage;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>Which shared storage there is.</summary>
[ExactlyOne(nameof(Efs), nameof(FsxLustre), nameof(Filestore), nameof(Nfs), nameof(ExistingClass), nameof(HostPath))]
public sealed record StorageSettings
{
    [Setting("An EFS file system that this stack makes beside an EKS cluster; each claim is a directory of it.")]
    public EfsStorageSettings? Efs { get; init; }

    [Setting("An FSx for Lustre file system that this stack makes beside an EKS cluster, for work directories; every claim is the whole of it.")]
    public FsxLustreStorageSettings? FsxLustre { get; init; }

    [Setting("Filestore beside a GKE cluster: one instance that this stack makes, or one that GKE makes for every claim.")]
    public FilestoreStorageSettings? Filestore { get; init; }

    [Setting("An NFS export that the nodes can mount.")]
    public NfsStorageSettings? Nfs { get; init; }

    [Setting("A StorageClass of the cluster whose driver supports ReadWriteMany.")]
    public ExistingClassStorageSettings? ExistingClass { get; init; }

    [Setting("A directory of the only node of a demo cluster.")]
    public HostPathStorageSettings? HostPath { get; init; }

    /// <summary>Whether claims are directories of one file system, so that each needs one of its own.</summary>
    public bool HasDirectories => Efs is not null || Nfs is not null || HostPath is not null;
}

/// <summary>An NFS export.</summary>
public sealed record NfsStorageSettings
{
    [Setting("Host name or address of the server; nodes resolve it, so a name that only the cluster's DNS knows does not work everywhere.", Example = "10.0.0.5")]
    [KubernetesSubdomain]
    public required string Server { get; init; }

    [Setting("Exported directory.")]
    [AbsolutePath]
    public required string Path { get; init; }

    [Setting("Options of mount(8).", Example = "[nfsvers=4.1, hard, noatime]")]
    public ImmutableArray<string> MountOptions { get; init; } = NfsStorage.DefaultMountOptions;
}

/// <summary>A StorageClass that exists.</summary>
public sealed record ExistingClassStorageSettings : IChecked
{
    // The classes that EKS and GKE create for their block disks: those attach to one node at a time.
    private static readonly ImmutableArray<string> BlockStorageClasses = ["gp2", "gp3", "premium-rwo", "standard-rwo"];

    [Setting("Name of the StorageClass.", Example = "efs-sc")]
    [KubernetesSubdomain]
    public required string StorageClassName { get; init; }

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (BlockStorageClasses.Contains(StorageClassName))
        {
            yield return new(
                at[nameof(StorageClassName)],
                "is a class for block disks, which one node mounts at a time",
                "a class whose driver supports ReadWriteMany (EFS, FSx for Lustre, Filestore, NFS, CephFS)",
                "kubectl get storageclass lists the classes",
                StorageClassName);
        }
    }
}

/// <summary>A directory of a node: gone with the node, and seen by that node only.</summary>
public sealed record HostPathStorageSettings : IChecked
{
    [Setting("Directory on the node; it is created if it is not there.", Example = "/var/lib/platform")]
    [AbsolutePath]
    public required string Path { get; init; }

    [Setting("Says that the cluster has one node and its data may be lost; nothing else makes this storage acceptable.", Example = "true")]
    public required bool SingleNodeDemo { get; init; }

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (!SingleNodeDemo)
        {
            yield return new(
                at[nameof(SingleNodeDemo)],
                "does not confirm that this is a demo on a single node",
                "true",
                "set singleNodeDemo: true, or describe nfs or existingClass instead",
                "false");
        }

        if (platform.Production)
        {
            yield return new(at, "is given in a production stack", "nfs or existingClass", "describe shared storage that outlives a node");
        }
    }
}
