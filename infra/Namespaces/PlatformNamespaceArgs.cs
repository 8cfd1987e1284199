using Infra.Manifests;
using Pulumi;

namespace Infra.Namespaces;

/// <summary>The name of a namespace and what its pods may do.</summary>
public sealed class PlatformNamespaceArgs : ResourceArgs
{
    /// <summary>Physical name.</summary>
    public required KubernetesName NamespaceName { get; init; }

    /// <summary>Pods below this level are refused. Default <see cref="PodSecurityLevel.Restricted"/>.</summary>
    public PodSecurityLevel Enforce { get; init; } = PodSecurityLevel.Restricted;

    /// <summary>Pods below this level are reported. Default <see cref="PodSecurityLevel.Restricted"/>.</summary>
    public PodSecurityLevel Warn { get; init; } = PodSecurityLevel.Restricted;

    /// <summary>Refuse to delete the namespace, and keep it when it leaves the program. Default false.</summary>
    public bool Protected { get; init; }
}
