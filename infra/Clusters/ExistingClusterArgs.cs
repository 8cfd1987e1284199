using Pulumi;

namespace Infra.Clusters;

/// <summary>How to reach a cluster that somebody else made.</summary>
public sealed class ExistingClusterArgs : ResourceArgs
{
    public const ClusterKind DefaultKind = ClusterKind.Kubernetes;

    /// <summary>The name people know the cluster by; a different name means a different cluster, and everything on it is made anew.</summary>
    public required string ClusterName { get; init; }

    /// <summary>Whose control plane it is; only decides which ingress and identity features are offered. Default <see cref="ClusterKind.Kubernetes"/>.</summary>
    public ClusterKind Kind { get; init; } = DefaultKind;

    /// <summary>Content of a kubeconfig; treated as secret. Default: the kubeconfig of whoever runs the program.</summary>
    public Input<string>? KubeConfig { get; init; }

    /// <summary>Context inside the kubeconfig. Default: its current context. Required when <see cref="KubeConfig"/> is not given, so that nobody deploys to wherever they last looked.</summary>
    public string? Context { get; init; }
}
