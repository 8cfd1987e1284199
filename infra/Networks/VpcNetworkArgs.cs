using System.Collections.Immutable;
using Infra.Accounts;
using Pulumi;

namespace Infra.Networks;

/// <summary>What a new VPC looks like.</summary>
public sealed class VpcNetworkArgs : ResourceArgs
{
    public const NatStrategy DefaultNat = NatStrategy.PerZone;
    public const int DefaultZoneCount = SubnetLayout.MaximumZones;
    public const int DefaultFlowLogRetentionInDays = 365;

    public required AwsAccount Account { get; init; }

    /// <summary>Shown as the <c>Name</c> tag, with the role of each resource behind it; also part of the flow log group's name.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Addresses of the VPC, /16 to /20 (<see cref="SubnetLayout"/>). Changing it replaces the network.</summary>
    public required Ipv4Block Block { get; init; }

    /// <summary>How many zones to use: 2 or 3. Default 3.</summary>
    public int ZoneCount { get; init; } = DefaultZoneCount;

    /// <summary>
    /// The zones, in the order of their slots; as many as <see cref="ZoneCount"/>. Default: the first zones of the region, in the order of their names,
    /// in which a control plane can stand.
    /// </summary>
    public ImmutableArray<string> Zones { get; init; } = [];

    /// <summary>Default one NAT gateway in each zone.</summary>
    public NatStrategy Nat { get; init; } = DefaultNat;

    /// <summary>AWS services that are reached without leaving the VPC (<see cref="EndpointServices"/>). Default none but S3, whose endpoint costs nothing.</summary>
    public ImmutableArray<string> InterfaceEndpoints { get; init; } = [];

    /// <summary>Key that encrypts the flow logs; null for CloudWatch's own.</summary>
    public Input<string>? LogKeyArn { get; init; }

    /// <summary>Days that flow logs are kept, one of CloudWatch's values. Default 365 (Checkov CKV_AWS_338).</summary>
    public int FlowLogRetentionInDays { get; init; } = DefaultFlowLogRetentionInDays;

    /// <summary>Refuse deletion through Pulumi. Default false.</summary>
    public bool Protected { get; init; }
}
