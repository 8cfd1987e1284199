namespace Infra.Studios;

/// <summary>What makes the load balancer of a Service.</summary>
public enum SshLoadBalancer
{
    /// <summary>A Network Load Balancer by the AWS Load Balancer Controller.</summary>
    AwsNetworkLoadBalancer,

    /// <summary>A passthrough Network Load Balancer of Google Cloud.</summary>
    GooglePassthrough,

    /// <summary>Whatever the cluster has (MetalLB, Cilium, a cloud's default).</summary>
    ClusterDefault,
}
