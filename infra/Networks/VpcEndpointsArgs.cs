using System.Collections.Immutable;
using Infra.Accounts;
using Pulumi;

namespace Infra.Networks;

/// <summary>Which AWS services are reached from inside a VPC.</summary>
public sealed class VpcEndpointsArgs : ResourceArgs
{
    public required AwsRegion Region { get; init; }

    /// <summary>Start of the <c>Name</c> tags.</summary>
    public required string DisplayName { get; init; }

    public required Input<string> VpcId { get; init; }

    /// <summary>Addresses that may call the services: those of the VPC.</summary>
    public required Ipv4Block Block { get; init; }

    /// <summary>Services with network interfaces in the VPC, at a price for each hour and zone.</summary>
    public required ImmutableArray<string> InterfaceServices { get; init; }

    /// <summary>Where the interfaces stand.</summary>
    public required IReadOnlyList<NetworkSubnet> InterfaceSubnets { get; init; }

    /// <summary>Route tables that send traffic for S3 past the NAT gateways.</summary>
    public required ImmutableArray<Output<string>> GatewayRouteTableIds { get; init; }
}
