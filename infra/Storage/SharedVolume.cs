using System.Collections.Immutable;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Storage;

/// <summary>Where the bytes of a shared claim lie.</summary>
public abstract record SharedVolume
{
    private SharedVolume()
    {
    }

    /// <summary>A volume that a StorageClass of the cluster provisions for the claim; its driver must support <c>ReadWriteMany</c>.</summary>
    public sealed record Provisioned(string StorageClassName) : SharedVolume;

    /// <summary>A volume that exists already; exactly one of the sources is set.</summary>
    public sealed record Static : SharedVolume
    {
        /// <summary>
        /// Class that the volume and its claim both name. Default: the empty class, which keeps the cluster's default class
        /// from provisioning a second volume.
        /// </summary>
        public string StorageClassName { get; init; } = "";

        /// <summary>Options of mount(8) for the file system.</summary>
        public ImmutableArray<string> MountOptions { get; init; } = [];

        /// <summary>Hosts that can reach the volume; default all.</summary>
        public VolumeNodeAffinityArgs? NodeAffinity { get; init; }

        public NFSVolumeSourceArgs? Nfs { get; init; }

        public CSIPersistentVolumeSourceArgs? Csi { get; init; }

        public HostPathVolumeSourceArgs? HostPath { get; init; }
    }
}
