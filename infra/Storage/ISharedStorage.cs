using System.Collections.Immutable;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Storage;

/// <summary>Storage that many pods on many nodes can write at once: every claim it gives is <c>ReadWriteMany</c>.</summary>
public interface ISharedStorage
{
    /// <summary>Makes a claim; <paramref name="name"/> is the logical name of the component.</summary>
    SharedClaim Claim(string name, SharedClaimArgs args, ComponentResourceOptions? options = null);
}

/// <summary>Storage that AWS Backup can copy.</summary>
public interface IBackedUp
{
    /// <summary>ARN of the file system; resolves when it exists.</summary>
    Output<string> Arn { get; }
}

/// <summary>Where the bytes of a shared claim lie.</summary>
/// <param name="StorageClassName">Class that the claim names, and its volume with it.</param>
public abstract record SharedVolume(string StorageClassName)
{
    /// <summary>A volume that a StorageClass of the cluster provisions for the claim; its driver must support <c>ReadWriteMany</c>.</summary>
    public sealed record Provisioned(string StorageClassName) : SharedVolume(StorageClassName);

    /// <summary>A PersistentVolume of the cluster that exists already.</summary>
    public sealed record Existing(string VolumeName, string StorageClassName) : SharedVolume(StorageClassName);

    /// <summary>A volume that exists already; exactly one of the sources is set.</summary>
    /// <param name="StorageClassName">Default: the empty class, which keeps the cluster's default class from provisioning a second volume.</param>
    public sealed record Static(string StorageClassName = "") : SharedVolume(StorageClassName)
    {
        /// <summary>Options of mount(8) for the file system.</summary>
        public ImmutableArray<string> MountOptions { get; init; } = [];

        /// <summary>Hosts that can reach the volume; default all.</summary>
        public VolumeNodeAffinityArgs? NodeAffinity { get; init; }

        public NFSVolumeSourceArgs? Nfs { get; init; }

        public CSIPersistentVolumeSourceArgs? Csi { get; init; }

        public HostPathVolumeSourceArgs? HostPath { get; init; }

        /// <summary>Whether this only pretends to be shared, as on the one node of a demonstration; its objects are labelled so. Default false.</summary>
        public bool SingleNodeDemo { get; init; }
    }
}

/// <summary>Directories on shared storage.</summary>
public static class StoragePath
{
    /// <summary>Whether the text is a relative directory that stays below its root: "" or "a/b", not "/a", "a//b", "." or "../a".</summary>
    public static bool IsDirectory(string directory) =>
        directory.Length == 0 || directory.Split('/').All(part => part is not ("" or "." or "..") && !part.Any(char.IsControl));

    /// <summary>The absolute path of a directory below a root; one slash between the parts, none at the end unless the path is "/".</summary>
    public static string Join(string root, string directory)
    {
        if (!root.StartsWith('/') || !IsDirectory(root.Trim('/')))
        {
            throw new FormatException($"'{root}' is not an absolute path: it must start with '/' and have no empty part, '.' or '..'.");
        }

        if (!IsDirectory(directory))
        {
            throw new FormatException($"'{directory}' is not a directory below the storage: it must be relative, without empty parts, '.' or '..'.");
        }

        var start = root.TrimEnd('/');
        return directory.Length == 0 && start.Length > 0 ? start : $"{start}/{directory}";
    }
}
