using Infra.Clusters;
using Pulumi;

namespace Infra.LoadBalancing;

/// <summary>Where the AWS Load Balancer Controller runs.</summary>
public sealed class LoadBalancerControllerArgs : ResourceArgs
{
    public required IEksCluster Cluster { get; init; }

    /// <summary>Replicas; one leads. Default 2, so that a node can go.</summary>
    public int Replicas { get; init; } = 2;
}
