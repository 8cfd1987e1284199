using System.Collections.Immutable;
using Pulumi;
using Pulumi.Aws.Ec2;
using TransitGateway = Pulumi.Aws.Ec2TransitGateway;

namespace Infra.Networks;

/// <summary>The ways from a VPC to other networks, peerings and attachments to transit gateways, with a route there in each of its tables.</summary>
public sealed class VpcConnections : ComponentResource
{
    private const string Token = "platform:networks:VpcConnections";

    private readonly VpcConnectionsArgs _args;
    private readonly Dictionary<string, List<Output<string>>> _routes;

    public VpcConnections(string name, VpcConnectionsArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        _args = args;
        _routes = args.RouteTables.ToDictionary(table => table.Key, _ => new List<Output<string>>(), StringComparer.Ordinal);
        foreach (var peering in args.Peerings)
        {
            var made = Peer($"{name}-{peering.Name}", peering);
            Route($"{name}-{peering.Name}", peering.Blocks, route => route.VpcPeeringConnectionId = made.Id);
        }

        foreach (var attachment in args.TransitGateways)
        {
            var made = Attach($"{name}-{attachment.Name}", attachment);
            // The route names the gateway, which exists; what it needs is the attachment.
            var gateway = made.Id.Apply(_ => attachment.TransitGatewayId);
            Route($"{name}-{attachment.Name}", attachment.Blocks, route => route.TransitGatewayId = gateway);
        }

        RegisterOutputs();
    }

    /// <summary>The routes of one table; each resolves when it is there.</summary>
    /// <param name="table">Key of the table, as in <see cref="VpcConnectionsArgs.RouteTables"/>.</param>
    public IReadOnlyList<Output<string>> RoutesOf(string table) => _routes[table];

    private VpcPeeringConnection Peer(string name, VpcPeering peering)
    {
        var args = new VpcPeeringConnectionArgs { VpcId = _args.VpcId, PeerVpcId = peering.VpcId, Tags = Tags(peering.Name) };
        if (peering.AccountId is { } account)
        {
            args.PeerOwnerId = account;
        }

        if (peering.Region is { } region)
        {
            args.PeerRegion = region;
        }

        // Only within one account and one region is the requester the accepter, too.
        args.AutoAccept = peering is { AccountId: null, Region: null };
        return new VpcPeeringConnection(name, args, new CustomResourceOptions { Parent = this });
    }

    private TransitGateway.VpcAttachment Attach(string name, TransitGatewayAttachment attachment) => new(
        name,
        new TransitGateway.VpcAttachmentArgs
        {
            TransitGatewayId = attachment.TransitGatewayId,
            VpcId = _args.VpcId,
            // One subnet a zone: a gateway reaches the zones in which it has an interface, and no other.
            SubnetIds = _args.AttachmentSubnets.Select(subnet => (Input<string>)subnet.Id).ToList(),
            DnsSupport = "enable",
            Tags = Tags(attachment.Name),
        },
        new CustomResourceOptions { Parent = this });

    private InputMap<string> Tags(string connection) => new() { ["Name"] = $"{_args.DisplayName} {connection}" };

    private void Route(string name, ImmutableArray<Ipv4Block> blocks, Action<RouteArgs> target)
    {
        foreach (var (key, table) in _args.RouteTables)
        {
            foreach (var block in blocks)
            {
                var route = new RouteArgs { RouteTableId = table, DestinationCidrBlock = block.Text };
                target(route);
                _routes[key].Add(new Route($"{name}-{key}-{block.Text.Replace('/', '-')}", route, new CustomResourceOptions { Parent = this }).Id);
            }
        }
    }
}

/// <summary>Which networks a VPC is connected to.</summary>
public sealed class VpcConnectionsArgs : ResourceArgs
{
    public required Input<string> VpcId { get; init; }

    /// <summary>Start of the <c>Name</c> tags.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Tables that get a route to every connected block, by a key that becomes part of the route's name.</summary>
    public required ImmutableArray<KeyValuePair<string, Output<string>>> RouteTables { get; init; }

    /// <summary>Where transit gateways get their interfaces: one subnet for each zone.</summary>
    public required IReadOnlyList<NetworkSubnet> AttachmentSubnets { get; init; }

    public ImmutableArray<VpcPeering> Peerings { get; init; } = [];

    public ImmutableArray<TransitGatewayAttachment> TransitGateways { get; init; } = [];
}

/// <summary>Another VPC that is connected to one directly.</summary>
/// <param name="Name">Key in the stack file, part of the logical names.</param>
/// <param name="VpcId">The other VPC.</param>
/// <param name="Blocks">Its addresses, as far as they are to be reached.</param>
public sealed record VpcPeering(string Name, string VpcId, ImmutableArray<Ipv4Block> Blocks)
{
    /// <summary>Its account, whose owner accepts the peering; null for the same one.</summary>
    public string? AccountId { get; init; }

    /// <summary>Its region; null for the same one.</summary>
    public string? Region { get; init; }
}

/// <summary>A transit gateway that a VPC is attached to.</summary>
/// <param name="Name">Key in the stack file, part of the logical names.</param>
/// <param name="TransitGatewayId">The gateway; it accepts attachments of this account without being asked.</param>
/// <param name="Blocks">Addresses that are reached through it.</param>
public sealed record TransitGatewayAttachment(string Name, string TransitGatewayId, ImmutableArray<Ipv4Block> Blocks);
