using System.Collections.Immutable;
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
            throw new ResourceException($"Network '{name}' wants {args.ZoneCount} zones and names {args.Zones.Length}: name as many as it wants, or none.", this, hideStack: true);
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
        PublicSubnets = [.. subnets[SubnetTier.Public]];
        PrivateSubnets = [.. subnets[SubnetTier.Private]];
        ControlPlaneSubnets = [.. subnets[SubnetTier.Intra]];

        var publicTable = RouteTable($"{name}-public-routes", "public", PublicSubnets);
        var way = new Route(
            $"{name}-public-default",
            new RouteArgs { RouteTableId = publicTable.Id, DestinationCidrBlock = Anywhere, GatewayId = gateway.Id },
            Child());
        var privateTables = PrivateRoutes(name, way);
        RouteTable($"{name}-intra-routes", "control plane", ControlPlaneSubnets);

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
        new FlowLogs(
            $"{name}-flow-logs",
            new FlowLogsArgs { VpcId = VpcId, DisplayName = args.DisplayName, KeyArn = args.LogKeyArn, RetentionInDays = args.FlowLogRetentionInDays },
            new ComponentResourceOptions { Parent = this });
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
            ?? throw new RunException($"Region {_args.Account.Region} has fewer usable zones than the {_args.ZoneCount} that the network wants: set zoneCount to {SubnetLayout.MinimumZones}."));
    }

    private RouteTable RouteTable(string name, string role, IReadOnlyList<NetworkSubnet> subnets)
    {
        var table = new Pulumi.Aws.Ec2.RouteTable(name, new RouteTableArgs { VpcId = VpcId, Tags = Tags(role) }, Child());
        foreach (var subnet in subnets)
        {
            new RouteTableAssociation(
                $"{name}-association-{subnet.Key}", new RouteTableAssociationArgs { RouteTableId = table.Id, SubnetId = subnet.Id }, Child());
        }

        return table;
    }

    private List<RouteTable> PrivateRoutes(string name, Route wayOut)
    {
        var gateways = new Dictionary<string, NatGateway>(StringComparer.Ordinal);
        var tables = new List<RouteTable>();
        foreach (var subnet in PrivateSubnets)
        {
            var slot = _args.Nat is NatStrategy.PerZone ? subnet.Key : PublicSubnets[0].Key;
            if (!gateways.TryGetValue(slot, out var nat))
            {
                gateways[slot] = nat = Nat(name, PublicSubnets.Single(candidate => candidate.Key == slot), wayOut);
            }

            var table = RouteTable($"{name}-private-{subnet.Key}-routes", $"private {subnet.Key}", [subnet]);
            new Route(
                $"{name}-private-{subnet.Key}-default",
                new RouteArgs { RouteTableId = table.Id, DestinationCidrBlock = Anywhere, NatGatewayId = nat.Id },
                Child());
            tables.Add(table);
        }

        return tables;
    }

    private NatGateway Nat(string name, NetworkSubnet subnet, Route wayOut)
    {
        var address = new Eip($"{name}-nat-{subnet.Key}-address", new EipArgs { Domain = "vpc", Tags = Tags($"nat {subnet.Key}") }, Child());
        return new NatGateway(
            $"{name}-nat-{subnet.Key}",
            new NatGatewayArgs { AllocationId = address.Id, SubnetId = subnet.Id, Tags = Tags($"nat {subnet.Key}") },
            // A NAT gateway needs the internet gateway behind the route of its subnet, which none of its inputs names.
            new CustomResourceOptions { Parent = this, DependsOn = { wayOut } });
    }
}
