using System.Collections.Immutable;
using Infra.Networks;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>Which VPC there is.</summary>
[Kind<CreatedNetworkSettings>("create", "A VPC that this stack makes.")]
[Kind<ExistingNetworkSettings>("existing", "An existing VPC; nothing in it is changed.")]
public abstract record EksNetworkSettings
{
    private protected EksNetworkSettings()
    {
    }

    public abstract T Match<T>(Func<CreatedNetworkSettings, T> create, Func<ExistingNetworkSettings, T> existing);
}

/// <summary>A VPC that this stack makes.</summary>
public sealed record CreatedNetworkSettings : EksNetworkSettings, IChecked
{
    [Setting("Addresses of the VPC. Another block means another network, and everything in it is made anew.")]
    public Ipv4Block Block { get; init; } = Ipv4Block.Parse("10.20.0.0/16");

    [Setting("How many availability zones to use.")]
    [Range(SubnetLayout.MinimumZones, SubnetLayout.MaximumZones)]
    public int ZoneCount { get; init; } = VpcNetworkArgs.DefaultZoneCount;

    [Setting(
        "The zones, as many as zoneCount; a zone keeps its subnets as long as it keeps its place in the list.",
        Absent = "the region's first ones that EKS can use",
        Example = "[eu-west-1a, eu-west-1b, eu-west-1c]")]
    public ImmutableArray<string> Zones { get; init; } = [];

    [Setting("How nodes reach the internet: one NAT gateway for all zones, or one in each.")]
    public NatStrategy Nat { get; init; } = VpcNetworkArgs.DefaultNat;

    [Setting("Reach AWS services through network interfaces in the VPC instead of the internet; they cost by the hour.")]
    public bool ServiceEndpoints { get; init; }

    [Setting("Which connections of the VPC are recorded in CloudWatch, which is paid by the byte.")]
    public FlowLogTraffic FlowLogs { get; init; } = VpcNetworkArgs.DefaultFlowLogTraffic;

    [Setting("Days that these records are kept.", Absent = "as long as the control plane's logs", Example = "30")]
    [OneOf(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653)]
    public int? FlowLogRetentionDays { get; init; }

    [Setting(
        "Address blocks that the VPC is connected to by others, by peering, VPN or transit gateway: nothing is made, but they are checked for overlaps.",
        Absent = "none",
        Example = "[10.0.0.0/16]")]
    public ImmutableArray<Ipv4Block> Peers { get; init; } = [];

    [Setting(
        "VPCs to peer with, by name, with a route to them from nodes and API server.",
        Absent = "none",
        Example = "{ tools: { vpcId: vpc-0123456789abcdef0, blocks: [10.0.0.0/16] } }")]
    [Entry(Form.KubernetesEntry)]
    public ImmutableSortedDictionary<string, VpcPeeringSettings> Peerings { get; init; } = ImmutableSortedDictionary<string, VpcPeeringSettings>.Empty;

    [Setting(
        "Transit gateways to attach to, by name, with a route to what is behind them from nodes and API server.",
        Absent = "none",
        Example = "{ company: { id: tgw-0123456789abcdef0, blocks: [10.0.0.0/16] } }")]
    [Entry(Form.KubernetesEntry)]
    public ImmutableSortedDictionary<string, TransitGatewaySettings> TransitGateways { get; init; } =
        ImmutableSortedDictionary<string, TransitGatewaySettings>.Empty;

    /// <summary>Whether the block lies in the VPC or in a network that it is connected to.</summary>
    public bool Reaches(Ipv4Block block) =>
        new[] { Block }
            .Concat(Peers)
            .Concat(ConnectionRules.Connected(this, new("")).Select(connection => connection.Block))
            .Any(known => known.Contains(block));

    public override T Match<T>(Func<CreatedNetworkSettings, T> create, Func<ExistingNetworkSettings, T> existing) => create(this);

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at) =>
        [.. CheckBlock(at), .. CheckZones(platform, at), .. ConnectionRules.Broken(this, at), .. CheckNat(platform, at), .. LogRules.Vpc(this, platform, at)];

    private IEnumerable<SettingsProblem> CheckNat(PlatformSettings platform, SettingPath at)
    {
        if (platform.Production && Nat is NatStrategy.Single)
        {
            yield return SettingsProblem.Warning(
                at[nameof(Nat)],
                "makes every node lose the internet, and with it the Platform and its images, when the one zone of the gateway is away",
                "perZone in a production stack",
                "nat: perZone",
                "single");
        }
    }

    private IEnumerable<SettingsProblem> CheckBlock(SettingPath at)
    {
        if (Block.PrefixLength is < SubnetLayout.ShortestPrefix or > SubnetLayout.LongestPrefix)
        {
            yield return new(
                at[nameof(Block)], Block.PrefixLength > SubnetLayout.LongestPrefix ? "is too small: every pod takes an address" : "is larger than a VPC can be",
                $"a /{SubnetLayout.ShortestPrefix} to /{SubnetLayout.LongestPrefix}", "block: 10.20.0.0/16", Block.Text);
        }

        foreach (var (index, peer) in Peers.Index().Where(entry => entry.Item.Overlaps(Block)))
        {
            yield return new(
                at[nameof(Peers)][index], $"overlaps with the VPC's own addresses, {Block}", "addresses outside of the VPC", "choose another block for the VPC",
                peer.Text);
        }
    }

    private IEnumerable<SettingsProblem> CheckZones(PlatformSettings platform, SettingPath at)
    {
        if (!Zones.IsEmpty && (Zones.Length != ZoneCount || Zones.Distinct().Count() != Zones.Length))
        {
            yield return new(
                at[nameof(Zones)], $"does not name {ZoneCount} different zones", $"{ZoneCount} zones, or none",
                "name as many zones as zoneCount says, each once", string.Join(", ", Zones));
        }

        foreach (var (index, zone) in Zones.Index().Where(entry => platform.Aws is { } aws && !aws.Region.HasZone(entry.Item)))
        {
            yield return new(
                at[nameof(Zones)][index], $"is no availability zone of the region {platform.Aws!.Region}", $"{platform.Aws.Region} and a letter",
                $"for example {platform.Aws.Region}a, or another platform:aws.region", zone);
        }
    }
}

/// <summary>An existing VPC.</summary>
public sealed record ExistingNetworkSettings : EksNetworkSettings, IChecked
{
    [Setting("The VPC.")]
    [Form(Form.VpcId)]
    public required string VpcId { get; init; }

    [Setting(
        "One subnet in each zone for nodes, file systems and databases, tagged kubernetes.io/role/internal-elb=1.",
        Example = "[subnet-0123456789abcdef0, subnet-0123456789abcdef1]")]
    [Form(Form.SubnetId)]
    [Fewest(SubnetLayout.MinimumZones)]
    public required ImmutableArray<string> PrivateSubnets { get; init; }

    [Setting(
        "One subnet in each zone for load balancers that face the internet, tagged kubernetes.io/role/elb=1.", Absent = "none: load balancers are internal")]
    [Form(Form.SubnetId)]
    public ImmutableArray<string> PublicSubnets { get; init; } = [];

    [Setting("Subnets for the network interfaces of the control plane.", Absent = "the private ones")]
    [Form(Form.SubnetId)]
    public ImmutableArray<string> ControlPlaneSubnets { get; init; } = [];

    public override T Match<T>(Func<CreatedNetworkSettings, T> create, Func<ExistingNetworkSettings, T> existing) => existing(this);

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        foreach (var (name, subnets) in new[]
        {
            (nameof(PrivateSubnets), PrivateSubnets), (nameof(PublicSubnets), PublicSubnets), (nameof(ControlPlaneSubnets), ControlPlaneSubnets),
        })
        {
            if (subnets.Distinct().Count() < SubnetLayout.MinimumZones && (name == nameof(PrivateSubnets) || !subnets.IsEmpty))
            {
                yield return new(
                    at[name], "does not name subnets in two zones", "two subnets or more, each in another zone", "add the subnet of another zone", string.Join(
                        ", ",
                        subnets));
            }
        }
    }
}
