using Pulumi;

namespace Infra.Clusters;

/// <summary>A cluster that somebody else made, adopted by its kubeconfig or by a context of the operator's own kubeconfig.</summary>
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

        var provider = new Pulumi.Kubernetes.ProviderArgs
        {
            // Without an identifier of its own the provider compares kubeconfigs, and a renewed token would replace every object (pulumi-kubernetes #1148, #2745).
            ClusterIdentifier = args.ClusterName,
            EnableServerSideApply = true,
        };
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
