using System.Collections.Immutable;
using Infra.Dns;
using Infra.LoadBalancing;

namespace Infra.Studios;

/// <summary>The Service that brings SSH to the connect-proxy pods, and what the Platform tells users about it.</summary>
/// <param name="Type"><c>NodePort</c> or <c>LoadBalancer</c>.</param>
/// <param name="Port">Port of the Service, which users dial at a LoadBalancer.</param>
/// <param name="NodePort">Port of every node; null where Kubernetes chooses it.</param>
/// <param name="ExternalTrafficPolicy"><c>Local</c> keeps the client's address and leaves only nodes with a proxy pod in rotation.</param>
/// <param name="LoadBalancerClass">Class of the load balancer; it cannot change during the Service's life.</param>
/// <param name="Annotations">Annotations for what makes the load balancer.</param>
/// <param name="SourceRanges">CIDRs that may connect; empty for all.</param>
public sealed record SshServicePlan(
    string Type,
    int Port,
    int? NodePort,
    string ExternalTrafficPolicy,
    string? LoadBalancerClass,
    ImmutableSortedDictionary<string, string> Annotations,
    ImmutableArray<string> SourceRanges)
{
    /// <summary>Name of the Service, as in the vendor's example.</summary>
    public const string ServiceName = "proxy-ssh";

    /// <summary>Plans the Service.</summary>
    /// <param name="exposure">Same host or own host.</param>
    /// <param name="port">Port that users dial, 1 to 65535.</param>
    /// <param name="loadBalancer">What makes the load balancer of an own host.</param>
    /// <param name="internetFacing">Reachable from outside the network; balancers of the AWS controller are internal unless told otherwise.</param>
    /// <param name="sourceRanges">CIDRs that may connect.</param>
    public static SshServicePlan Plan(SshExposure exposure, int port, SshLoadBalancer loadBalancer, bool internetFacing, IEnumerable<string> sourceRanges) =>
        exposure switch
        {
            SshExposure.SameHost same => new("NodePort", port, same.NodePort, "Local", null, ImmutableSortedDictionary<string, string>.Empty, []),
            SshExposure.OwnHost => new(
                "LoadBalancer",
                port,
                null,
                "Local",
                ServiceBalancer.For(loadBalancer, [port], internetFacing).Class,
                ServiceBalancer.For(loadBalancer, [port], internetFacing).Annotations,
                [.. sourceRanges.Order(StringComparer.Ordinal)]),
            _ => throw new ArgumentOutOfRangeException(nameof(exposure), exposure, "SSH is exposed on the same host or on a host of its own."),
        };
}

/// <summary>How SSH reaches connect-proxy: HTTP balancers cannot carry it.</summary>
public abstract record SshExposure
{
    private SshExposure()
    {
    }

    /// <summary>On the connect host itself: a port of every node, behind a layer 4 balancer that the connect host's name leads to.</summary>
    /// <param name="NodePort">30000 to 32767; the vendor's example is 30222.</param>
    public sealed record SameHost(int NodePort) : SshExposure
    {
        public const int DefaultNodePort = 30222;
    }

    /// <summary>On a host of its own: a Service of type LoadBalancer with a DNS record.</summary>
    public sealed record OwnHost(DomainName Host) : SshExposure;
}

/// <summary>What makes the load balancer of a Service.</summary>
public enum SshLoadBalancer
{
    /// <summary>A Network Load Balancer by the AWS Load Balancer Controller.</summary>
    AwsNetworkLoadBalancer,

    /// <summary>A Network Load Balancer by EKS Auto Mode.</summary>
    EksAutoMode,

    /// <summary>A passthrough Network Load Balancer of Google Cloud.</summary>
    GooglePassthrough,

    /// <summary>Whatever the cluster has (MetalLB, Cilium, a cloud's default).</summary>
    ClusterDefault,
}
