using Pulumi;

namespace Infra.Clusters;

/// <summary>A cluster that exists already, adopted by its kubeconfig or by a context of the operator's own kubeconfig.</summary>
public sealed class ExistingCluster : ComponentResource, ICluster
{
    private const string Token = "platform:clusters:ExistingCluster";

    /// <summary>The name given in the settings.</summary>
    [Output("clusterName")]
    public Output<string> Name { get; private set; }

    public Pulumi.Kubernetes.Provider Provider { get; }
    public ClusterKind Kind { get; }

    public ExistingCluster(string name, ExistingClusterArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        if (args.KubeConfig is null && string.IsNullOrWhiteSpace(args.Context))
        {
            throw new ResourceException(
                $"Cluster '{args.ClusterName}' can be reached neither by a kubeconfig nor by a context: give one of the two.", this, hideStack: true);
        }

        // Without an identifier of its own the provider compares kubeconfigs, and a renewed token would replace every object (pulumi-kubernetes #1148,
        // #2745).
        var provider = ClusterProvider.Args(args.ClusterName);
        if (args.Context is { } context)
        {
            provider.Context = context;
        }

        if (args.KubeConfig is { } kubeConfig)
        {
            provider.KubeConfig = Output.CreateSecret(kubeConfig.ToOutput());
        }

        Provider = new Pulumi.Kubernetes.Provider($"{name}-provider", provider, new CustomResourceOptions { Parent = this });
        Kind = args.Kind;
        Name = Output.Create(args.ClusterName);
        RegisterOutputs();
    }
}

/// <summary>How to reach a cluster that exists already.</summary>
public sealed class ExistingClusterArgs : ResourceArgs
{
    public const ClusterKind DefaultKind = ClusterKind.Kubernetes;

    /// <summary>The name people know the cluster by; a different name means a different cluster, and everything on it is made anew.</summary>
    public required string ClusterName { get; init; }

    /// <summary>
    /// Whose control plane it is; only decides which ingress and identity features are offered. Default <see cref="ClusterKind.Kubernetes"/>.
    /// </summary>
    public ClusterKind Kind { get; init; } = DefaultKind;

    /// <summary>Content of a kubeconfig; treated as secret. Default: the operator's own kubeconfig.</summary>
    public Input<string>? KubeConfig { get; init; }

    /// <summary>
    /// Context inside the kubeconfig. Default: its current context. Required when <see cref="KubeConfig"/> is not given, so that nothing is deployed to the
    /// cluster that the operator happened to use last.
    /// </summary>
    public string? Context { get; init; }
}

/// <summary>An adopted cluster whose API server the program was told about, so that it can tell others.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="server">URL of its API server.</param>
/// <param name="certificateAuthority">Certificate authority of the API server as PEM text.</param>
public sealed class ReachableCluster(ICluster cluster, Output<string> server, Output<string> certificateAuthority) : ICluster, IApiServer
{
    public Pulumi.Kubernetes.Provider Provider => cluster.Provider;
    public ClusterKind Kind => cluster.Kind;
    public Output<string> Name => cluster.Name;

    public Output<string> Server { get; } = server;

    public Output<string> CertificateAuthority { get; } = certificateAuthority;
}
