using System.Collections.Immutable;
using Infra.Clusters;
using Infra.Networks;
using Pulumi;

namespace Infra.LoadBalancing;

/// <summary>What the load balancer in front of the platform looks like.</summary>
public sealed class PlatformLoadBalancerArgs : ResourceArgs
{
    public const bool DefaultInternetFacing = true;

    public required IVpcCluster Cluster { get; init; }

    /// <summary>Certificate of the HTTPS listener; it must cover every host.</summary>
    public required Input<string> CertificateArn { get; init; }

    /// <summary>Reachable from outside the VPC; it then stands in the public subnets. Default true.</summary>
    public bool InternetFacing { get; init; } = DefaultInternetFacing;

    /// <summary>Addresses that may connect to ports 80 and 443.</summary>
    public required ImmutableArray<Ipv4Block> ClientBlocks { get; init; }

    /// <summary>Seconds that a connection may be silent, 1 to 4000. Default an hour: sessions hold WebSockets open.</summary>
    public int IdleSeconds { get; init; } = 3600;

    /// <summary>Load balancer and Pulumi refuse deletion. Default false.</summary>
    public bool Protected { get; init; }
}
