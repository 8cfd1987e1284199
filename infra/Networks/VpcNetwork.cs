using System.Collections.Immutable;
using Infra.Accounts;
using Infra.Manifests;
using Pulumi;
using Pulumi.Aws;
using Pulumi.Aws.Ec2;

namespace Infra.Networks;

/// <summary>A VPC with public, private and control plane subnets in two or three zones.</summary>
public sealed class VpcNetwork : ComponentResource, INetwork
{
    private const string Token = "platform:networks:VpcNetwork";
    private const string Anywhere = "0.0.0.0/0";

    /// <summary>
    /// Zones in which an EKS control plane cannot place its network interfaces (EKS user guide, "VPC and subnet requirements").
    /// They are ids, because the letter of a zone differs from account to account.
    /// </summary>
    private static readonly ImmutableArray<string> ZonesWithoutControlPlanes = ["cac1-az3", "use1-az3", "usw1-az2"];

    private readonly VpcNetworkArgs _args;
    private readonly Vpc _vpc;

    /// <summary>Id of the VPC; resolves when it exists.</summary>
    [Output("vpcId")]
    public Output<string> VpcId { get; private set; }

    public IReadOnlyList<NetworkSubnet> PublicSubnets { get; }
    public IReadOnlyList<NetworkSubnet> PrivateSubnets { get; }
    public IReadOnlyList<NetworkSubnet> ControlPlaneSubnets { get; }

    public VpcNetwork(string name, VpcNetworkArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        if (!args.Zones.IsEmpty && args.Zones.Length != args.ZoneCount)
        {
            throw new ResourceException(
                $"Network '{name}' wants {args.ZoneCount} zones and names {args.Zones.Length}: name as many as it wants, or none.",
                this,
                hideStack: true);
        }

        _args = args;
        _vpc = new Vpc(
            name,
            new VpcArgs { CidrBlock = args.Block.Text, EnableDnsHostnames = true, EnableDnsSupport = true, Tags = Tags("") },
            new CustomResourceOptions { Parent = this, Protect = args.Protected });
        VpcId = _vpc.Id;

        // Nothing uses the group that every VPC has; without rules nothing can start to.
        new DefaultSecurityGroup($"{name}-default-security-group", new DefaultSecurityGroupArgs { VpcId = VpcId, Tags = Tags("unused") }, Child());

        var gateway = new InternetGateway($"{name}-internet", new InternetGatewayArgs { VpcId = VpcId, Tags = Tags("") }, Child());
        var subnets = SubnetLayout.Plan(args.Block, args.ZoneCount).ToLookup(planned => planned.Tier, planned => Subnet(name, planned));
        var publicTable = RouteTable($"{name}-public-routes", "public");
        var route = new Route(
            $"{name}-public-default",
            new RouteArgs { RouteTableId = publicTable.Id, DestinationCidrBlock = Anywhere, GatewayId = gateway.Id },
            Child());
        PublicSubnets = [.. subnets[SubnetTier.Public].Select(subnet => Routed($"{name}-public-routes", publicTable, subnet, route))];

        var privateTables = new List<RouteTable>();
        PrivateSubnets = PrivateRoutes(name, subnets[SubnetTier.Private], privateTables);

        var intraTable = RouteTable($"{name}-intra-routes", "control plane");
        List<NetworkSubnet> intra = [.. subnets[SubnetTier.Intra].Select(subnet => Associated($"{name}-intra-routes", intraTable, subnet))];
        var connections = Connect(name, privateTables, intraTable);
        PrivateSubnets = [.. PrivateSubnets.Select((subnet, index) => Connected(subnet, connections?.RoutesOf($"private-{index + 1}")))];
        ControlPlaneSubnets = [.. intra.Select(subnet => Connected(subnet, connections?.RoutesOf("intra")))];

        new VpcEndpoints(
            $"{name}-endpoints",
            new VpcEndpointsArgs
            {
                Region = args.Account.Region,
                DisplayName = args.DisplayName,
                VpcId = VpcId,
                Block = args.Block,
                InterfaceServices = args.InterfaceEndpoints,
                InterfaceSubnets = PrivateSubnets,
                GatewayRouteTableIds = [.. privateTables.Select(table => table.Id)],
            },
            new ComponentResourceOptions { Parent = this });
        if (args.FlowLogTraffic is not FlowLogTraffic.None)
        {
            new FlowLogs(
                $"{name}-flow-logs",
                new FlowLogsArgs
                {
                    Account = args.Account,
                    VpcId = VpcId,
                    DisplayName = args.DisplayName,
                    KeyArn = args.LogKeyArn,
                    RetentionInDays = args.FlowLogRetentionInDays,
                    Traffic = args.FlowLogTraffic,
                },
                new ComponentResourceOptions { Parent = this });
        }

        RegisterOutputs();
    }

    private CustomResourceOptions Child() => new() { Parent = this };

    private InputMap<string> Tags(string role) => new() { ["Name"] = role.Length == 0 ? _args.DisplayName : $"{_args.DisplayName} {role}" };

    private NetworkSubnet Subnet(string name, PlannedSubnet planned)
    {
        var tags = Tags($"{planned.Tier} {planned.Slot}".ToLowerInvariant());
        if (planned.Tier is not SubnetTier.Intra)
        {
            tags[planned.Tier is SubnetTier.Public ? "kubernetes.io/role/elb" : "kubernetes.io/role/internal-elb"] = "1";
        }

        var options = Child();
        if (_args.Zones.IsEmpty)
        {
            // A zone that AWS opens later may sort before the others; the subnets that exist stay where they are.
            options.IgnoreChanges = ["availabilityZone"];
        }

        var subnet = new Pulumi.Aws.Ec2.Subnet(
            $"{name}-{planned.Role}",
            new SubnetArgs { VpcId = VpcId, CidrBlock = planned.Block.Text, AvailabilityZone = Zone(planned.Slot), MapPublicIpOnLaunch = false, Tags = tags },
            options);
        return new NetworkSubnet($"{planned.Slot}", subnet.Id);
    }

    private Input<string> Zone(int slot)
    {
        if (!_args.Zones.IsEmpty)
        {
            return _args.Zones[slot - 1];
        }

        var zones = GetAvailabilityZones.Invoke(
            new GetAvailabilityZonesInvokeArgs { Region = _args.Account.Region.Name, State = "available", ExcludeZoneIds = ZonesWithoutControlPlanes },
            new InvokeOptions { Parent = this });
        // An account that has opted into Local Zones gets them too; they have neither NAT gateways nor control planes.
        return zones.Apply(found => found.Names.Where(_args.Account.Region.HasZone).Order(StringComparer.Ordinal).ElementAtOrDefault(slot - 1)
            ?? throw new RunException(
                $"Region {_args.Account.Region} has fewer usable zones than the {_args.ZoneCount} that the network wants: "
                    + $"set zoneCount to {SubnetLayout.MinimumZones}."));
    }

    private RouteTable RouteTable(string name, string role) =>
        new Pulumi.Aws.Ec2.RouteTable(name, new RouteTableArgs { VpcId = VpcId, Tags = Tags(role) }, Child());

    private RouteTableAssociation Association(string tableName, RouteTable table, NetworkSubnet subnet) => new(
        $"{tableName}-association-{subnet.Key}", new RouteTableAssociationArgs { RouteTableId = table.Id, SubnetId = subnet.Id }, Child());

    private NetworkSubnet Associated(string tableName, RouteTable table, NetworkSubnet subnet)
    {
        var association = Association(tableName, table, subnet);
        return subnet with { Id = subnet.Id.After(association.Id) };
    }

    // Who stands in a connected network reaches what stands in the subnet, and is answered, once its routes lead back.
    private static NetworkSubnet Connected(NetworkSubnet subnet, IReadOnlyList<Output<string>>? routes) => routes is null or []
        ? subnet
        : subnet with { Id = subnet.Id.After(Output.All(routes)) };

    private VpcConnections? Connect(string name, List<RouteTable> privateTables, RouteTable intraTable) =>
        _args.Peerings.IsEmpty && _args.TransitGateways.IsEmpty
            ? null
            : new VpcConnections(
                $"{name}-connections",
                new VpcConnectionsArgs
                {
                    VpcId = VpcId,
                    DisplayName = _args.DisplayName,
                    RouteTables =
                    [
                        .. privateTables.Select((table, index) => KeyValuePair.Create($"private-{index + 1}", table.Id)),
                        KeyValuePair.Create("intra", intraTable.Id),
                    ],
                    AttachmentSubnets = PrivateSubnets,
                    Peerings = _args.Peerings,
                    TransitGateways = _args.TransitGateways,
                },
                new ComponentResourceOptions { Parent = this });

    /// <summary>
    /// The subnet, its id known only once it has a route to the internet. Nodes and load balancers need that route to start and, while a stack is destroyed,
    /// to clean up: the Load Balancer Controller deletes what it made through the AWS API.
    /// </summary>
    private NetworkSubnet Routed(string tableName, RouteTable table, NetworkSubnet subnet, Route route)
    {
        var associated = Associated(tableName, table, subnet);
        return associated with { Id = associated.Id.After(route.Id) };
    }

    private List<NetworkSubnet> PrivateRoutes(string name, IEnumerable<NetworkSubnet> subnets, List<RouteTable> tables)
    {
        var gateways = new Dictionary<string, NatGateway>(StringComparer.Ordinal);
        var routed = new List<NetworkSubnet>();
        foreach (var subnet in subnets)
        {
            var slot = _args.Nat is NatStrategy.PerZone ? subnet.Key : PublicSubnets[0].Key;
            if (!gateways.TryGetValue(slot, out var nat))
            {
                gateways[slot] = nat = Nat(name, PublicSubnets.Single(candidate => candidate.Key == slot));
            }

            var table = RouteTable($"{name}-private-{subnet.Key}-routes", $"private {subnet.Key}");
            var route = new Route(
                $"{name}-private-{subnet.Key}-default",
                new RouteArgs { RouteTableId = table.Id, DestinationCidrBlock = Anywhere, NatGatewayId = nat.Id },
                Child());
            tables.Add(table);
            routed.Add(Routed($"{name}-private-{subnet.Key}-routes", table, subnet, route));
        }

        return routed;
    }

    private NatGateway Nat(string name, NetworkSubnet subnet)
    {
        var address = new Eip($"{name}-nat-{subnet.Key}-address", new EipArgs { Domain = "vpc", Tags = Tags($"nat {subnet.Key}") }, Child());
        return new NatGateway(
            $"{name}-nat-{subnet.Key}",
            new NatGatewayArgs { AllocationId = address.Id, SubnetId = subnet.Id, Tags = Tags($"nat {subnet.Key}") },
            Child());
    }
}

/// <summary>What a new VPC looks like.</summary>
public sealed class VpcNetworkArgs : ResourceArgs
{
    public const NatStrategy DefaultNat = NatStrategy.PerZone;
    public const int DefaultZoneCount = SubnetLayout.MaximumZones;
    public const int DefaultFlowLogRetentionInDays = 365;
    public const FlowLogTraffic DefaultFlowLogTraffic = FlowLogTraffic.All;
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

    /// <summary>
    /// AWS services that are reached without leaving the VPC (<see cref="EndpointServices"/>). Default none but S3, whose endpoint costs nothing.
    /// </summary>
    public ImmutableArray<string> InterfaceEndpoints { get; init; } = [];

    /// <summary>VPCs that this one is connected to directly. Default none.</summary>
    public ImmutableArray<VpcPeering> Peerings { get; init; } = [];

    /// <summary>Transit gateways that the VPC is attached to. Default none.</summary>
    public ImmutableArray<TransitGatewayAttachment> TransitGateways { get; init; } = [];

    /// <summary>Key that encrypts the flow logs; null for CloudWatch's own.</summary>
    public Input<string>? LogKeyArn { get; init; }

    /// <summary>Which connections are recorded. Default all.</summary>
    public FlowLogTraffic FlowLogTraffic { get; init; } = DefaultFlowLogTraffic;

    /// <summary>Days that flow logs are kept, one of CloudWatch's values. Default 365 (Checkov CKV_AWS_338).</summary>
    public int FlowLogRetentionInDays { get; init; } = DefaultFlowLogRetentionInDays;

    /// <summary>Refuse deletion through Pulumi. Default false.</summary>
    public bool Protected { get; init; }
}

/// <summary>How private subnets reach the internet.</summary>
public enum NatStrategy
{
    /// <summary>One NAT gateway for all zones: cheap, and the zone it stands in is a single point of failure.</summary>
    Single,

    /// <summary>One NAT gateway in each zone.</summary>
    PerZone,
}
