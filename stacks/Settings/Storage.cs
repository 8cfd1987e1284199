using System.Collections.Immutable;
using Infra.Storage;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>Which shared storage there is.</summary>
[Kind<EfsStorageSettings>("efs", "An EFS file system that this stack makes beside an EKS cluster; each claim is a directory of it.")]
[Kind<FsxLustreStorageSettings>(
    "fsxLustre",
    "An FSx for Lustre file system that this stack makes beside an EKS cluster, for work directories; every claim is the whole of it.")]
[Kind<FilestoreStorageSettings>("filestore", "Filestore beside a GKE cluster: one instance that this stack makes, or one that GKE makes for every claim.")]
[Kind<NfsStorageSettings>("nfs", "An NFS export that the nodes can mount.")]
[Kind<ExistingClassStorageSettings>("existingClass", "A StorageClass of the cluster whose driver supports ReadWriteMany.")]
[Kind<HostPathStorageSettings>("hostPath", "A directory of the only node of a demo cluster.")]
public abstract record StorageSettings
{
    private protected StorageSettings()
    {
    }

    /// <summary>Whether claims are directories of one file system, so that each needs one of its own.</summary>
    public virtual bool HasDirectories => false;

    public abstract T Match<T>(IStorageKinds<T> kinds);
}

/// <summary>Something to do for each kind of storage.</summary>
public interface IStorageKinds<out T>
{
    T Efs(EfsStorageSettings settings);

    T FsxLustre(FsxLustreStorageSettings settings);

    T Filestore(FilestoreStorageSettings settings);

    T Nfs(NfsStorageSettings settings);

    T ExistingClass(ExistingClassStorageSettings settings);

    T HostPath(HostPathStorageSettings settings);
}

/// <summary>An NFS export.</summary>
public sealed record NfsStorageSettings : StorageSettings
{
    [Setting(
        "Host name or address of the server; nodes resolve it, so a name that only the cluster's DNS knows does not work everywhere.", Example = "10.0.0.5")]
    [Form(Form.NfsServer)]
    public required string Server { get; init; }

    [Setting("Exported directory.")]
    [Form(Form.AbsolutePath)]
    public required string Path { get; init; }

    [Setting("Options of mount(8).", Example = "[nfsvers=4.1, hard, noatime]")]
    public ImmutableArray<string> MountOptions { get; init; } = NfsStorage.DefaultMountOptions;

    public override bool HasDirectories => true;

    public override T Match<T>(IStorageKinds<T> kinds) => kinds.Nfs(this);
}

/// <summary>A StorageClass that exists.</summary>
public sealed record ExistingClassStorageSettings : StorageSettings, IChecked
{
    // The classes that EKS and GKE create for their block disks: those attach to one node at a time.
    internal static readonly ImmutableArray<string> BlockStorageClasses = ["gp2", "gp3", "premium-rwo", "standard-rwo"];

    [Setting("Name of the StorageClass.", Example = "efs-sc")]
    [Form(Form.KubernetesSubdomain)]
    public required string StorageClassName { get; init; }

    public override T Match<T>(IStorageKinds<T> kinds) => kinds.ExistingClass(this);

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
public sealed record HostPathStorageSettings : StorageSettings, IChecked
{
    [Setting("Directory on the node; it is created if it is not there.", Example = "/var/lib/platform")]
    [Form(Form.AbsolutePath)]
    public required string Path { get; init; }

    [Setting("Says that the cluster has one node and its data may be lost; nothing else makes this storage acceptable.", Example = "true")]
    [Only(true)]
    public required bool SingleNodeDemo { get; init; }

    public override bool HasDirectories => true;

    public override T Match<T>(IStorageKinds<T> kinds) => kinds.HostPath(this);

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (!SingleNodeDemo)
        {
            yield return new(
                at[nameof(SingleNodeDemo)], "does not confirm that this is a demo on a single node", "true",
                "set singleNodeDemo: true, or describe nfs or existingClass instead", "false");
        }

        if (platform.Production)
        {
            yield return new(at, "is given in a production stack", "nfs or existingClass", "describe shared storage that outlives a node");
        }
    }
}
