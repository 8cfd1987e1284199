using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Storage;

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
            throw new RunException($"Storage on the node folder '{path}' is for single-node demonstrations: say so with singleNodeDemo, or use NFS, EFS, FSx or Filestore.");
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
