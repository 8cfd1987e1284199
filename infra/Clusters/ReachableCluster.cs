using Pulumi;

namespace Infra.Clusters;

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
