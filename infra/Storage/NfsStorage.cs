using System.Collections.Immutable;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Storage;

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
