using System.Collections.Immutable;
using Infra.Versions;
using Pulumi;

namespace Infra.Connect;

/// <summary>What proxy and server have in common; give both the same object.</summary>
public sealed class ConnectWorkloadArgs : ResourceArgs
{
    public const ConnectLogLevel DefaultLogLevel = ConnectLogLevel.Info;
    public const bool DefaultNetworkPoliciesEnabled = true;

    /// <summary>Namespace of both, and of the Platform: they share Secrets and short host names.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>The Redis connection.</summary>
    public required RedisConnection Redis { get; init; }

    /// <summary>How this version is run. Default that of <see cref="ConnectImages"/>.</summary>
    public ConnectProfile Profile { get; init; } = ConnectImages.Profile;

    /// <summary>How much both say. Default <see cref="ConnectLogLevel.Info"/>.</summary>
    public ConnectLogLevel LogLevel { get; init; } = DefaultLogLevel;

    /// <summary>Mirror to take the images from: a host, optionally with a path. Default: the vendor's registry.</summary>
    public string? Registry { get; init; }

    /// <summary>Names of image pull Secrets in the namespace; the vendor's registry needs one. Default none.</summary>
    public ImmutableArray<string> PullSecrets { get; init; } = [];

    /// <summary>Node labels that pods need besides <c>kubernetes.io/arch: amd64</c>. Default none.</summary>
    public ImmutableDictionary<string, string> NodeSelector { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Let the cluster choose user and group instead of 65532, as OpenShift's <c>restricted-v2</c> demands. Default false.</summary>
    public bool ClusterChoosesUser { get; init; }

    /// <summary>Make the containers' root file system read-only. Default false, as in Seqera's manifests.</summary>
    public bool ReadOnlyRootFilesystem { get; init; }

    /// <summary>Restrict who may talk to the pods and whom they may talk to. Default true.</summary>
    public bool NetworkPoliciesEnabled { get; init; } = DefaultNetworkPoliciesEnabled;
}
