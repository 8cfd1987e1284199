using System.Collections.Immutable;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Storage;

/// <summary>Where the bytes of a shared claim lie.</summary>
/// <param name="StorageClassName">Class that the claim names, and its volume with it.</param>
public abstract record SharedVolume(string StorageClassName)
{
    /// <summary>A volume that a StorageClass of the cluster provisions for the claim; its driver must support <c>ReadWriteMany</c>.</summary>
    public sealed record Provisioned(string StorageClassName) : SharedVolume(StorageClassName);

    /// <summary>A PersistentVolume of the cluster that somebody else made.</summary>
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
