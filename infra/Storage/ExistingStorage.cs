using System.Collections.Immutable;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Storage;

/// <summary>A StorageClass of the cluster whose driver supports <c>ReadWriteMany</c>; each claim gets a volume of its own.</summary>
public sealed class ExistingClassStorage(string storageClassName) : ISharedStorage
{
    public SharedClaim Claim(string name, SharedClaimArgs args, ComponentResourceOptions? options = null)
    {
        if (args.Directory.Length > 0)
        {
            throw new RunException(
                $"Claim '{args.ClaimName}' asks for the directory '{args.Directory}', but StorageClass '{storageClassName}' provisions an empty volume for "
                    + "every claim: leave the directory out.");
        }

        return new SharedClaim(name, args, new SharedVolume.Provisioned(storageClassName), options);
    }
}

/// <summary>A PersistentVolume that exists already, with <c>ReadWriteMany</c> among its access modes; one claim binds it.</summary>
/// <param name="volumeName">Name of the volume.</param>
/// <param name="storageClassName">Class that the volume names; empty for a volume without one.</param>
public sealed class ExistingVolumeStorage(string volumeName, string storageClassName = "") : ISharedStorage
{
    public SharedClaim Claim(string name, SharedClaimArgs args, ComponentResourceOptions? options = null)
    {
        if (args.Directory.Length > 0)
        {
            throw new RunException(
                $"Claim '{args.ClaimName}' asks for the directory '{args.Directory}', but the volume '{volumeName}' decides itself what its root is: leave the "
                    + "directory out.");
        }

        return new SharedClaim(name, args, new SharedVolume.Existing(volumeName, storageClassName), options);
    }
}

/// <summary>An NFS export that exists; each claim is one statically bound volume.</summary>
public sealed class NfsStorage : ISharedStorage
{
    /// <summary>NFS 4.1 needs one port and has locking; <c>hard</c> waits for a server that restarts instead of losing writes.</summary>
    public static readonly ImmutableArray<string> DefaultMountOptions = ["nfsvers=4.1", "hard", "noatime"];

    private readonly Input<string> _server;
    private readonly string _path;
    private readonly ImmutableArray<string> _mountOptions;

    /// <summary>Storage on one export.</summary>
    /// <param name="server">Address or name that the nodes (not the pods) can resolve: a cluster DNS name works on GKE only.</param>
    /// <param name="path">Exported path, absolute.</param>
    /// <param name="mountOptions">Options of mount(8); default <see cref="DefaultMountOptions"/>.</param>
    public NfsStorage(Input<string> server, string path, ImmutableArray<string>? mountOptions = null)
    {
        _server = server;
        _path = StoragePath.Join(path, "");
        _mountOptions = mountOptions ?? DefaultMountOptions;
    }

    public SharedClaim Claim(string name, SharedClaimArgs args, ComponentResourceOptions? options = null)
    {
        var volume = new SharedVolume.Static
        {
            MountOptions = _mountOptions,
            Nfs = new NFSVolumeSourceArgs { Server = _server, Path = StoragePath.Join(_path, args.Directory) },
        };
        return new SharedClaim(name, args, volume, options);
    }
}

/// <summary>A folder of the one node of a demonstration cluster. It pretends to be shared: on a second node the files would be missing.</summary>
public sealed class HostPathStorage : ISharedStorage
{
    private readonly string _path;

    /// <summary>Storage in one folder.</summary>
    /// <param name="path">Folder on the node, absolute; made if it is missing.</param>
    /// <param name="singleNodeDemo">Must be true: the word of the operator that the cluster has one node and its files may be lost.</param>
    public HostPathStorage(string path, bool singleNodeDemo)
    {
        if (!singleNodeDemo)
        {
            throw new RunException(
                $"Storage on the node folder '{path}' is for single-node demonstrations: say so with singleNodeDemo, or use NFS, EFS, FSx or Filestore.");
        }

        _path = StoragePath.Join(path, "");
    }

    public SharedClaim Claim(string name, SharedClaimArgs args, ComponentResourceOptions? options = null)
    {
        var volume = new SharedVolume.Static
        {
            SingleNodeDemo = true,
            HostPath = new HostPathVolumeSourceArgs { Path = StoragePath.Join(_path, args.Directory), Type = "DirectoryOrCreate" },
        };
        return new SharedClaim(name, args, volume, options);
    }
}
