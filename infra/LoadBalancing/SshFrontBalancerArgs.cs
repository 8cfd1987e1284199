using System.Collections.Immutable;
using Infra.Clusters;
using Infra.Networks;
using Pulumi;

namespace Infra.LoadBalancing;

/// <summary>What stands behind the Network Load Balancer that brings SSH and HTTPS to one host.</summary>
public sealed class SshFrontBalancerArgs : ResourceArgs
{
    public const bool DefaultInternetFacing = true;

    public required IVpcCluster Cluster { get; init; }

    /// <summary>The Application Load Balancer that HTTP and HTTPS go on to.</summary>
    public required PlatformLoadBalancer Web { get; init; }

    /// <summary>Namespace of the Service for SSH.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>Name of the Service for SSH, of type NodePort.</summary>
    public required string Service { get; init; }

    /// <summary>Port that users dial, which is the Service's as well.</summary>
    public required int Port { get; init; }

    /// <summary>Port of every node.</summary>
    public required int NodePort { get; init; }

    /// <summary>Reachable from outside the VPC; it then stands in the public subnets. Default true.</summary>
    public bool InternetFacing { get; init; } = DefaultInternetFacing;

    /// <summary>Addresses that may connect.</summary>
    public required ImmutableArray<Ipv4Block> ClientBlocks { get; init; }

    /// <summary>Load balancer and Pulumi refuse deletion. Default false.</summary>
    public bool Protected { get; init; }
}
