using System.Collections.Immutable;
using Infra.Networks;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>Which VPC there is.</summary>
[ExactlyOne(nameof(Create), nameof(Existing))]
public sealed record EksNetworkSettings
{
    [Setting("A VPC that this stack makes.")]
    public CreatedNetworkSettings? Create { get; init; }

    [Setting("A VPC that somebody else made; nothing in it is changed.")]
    public ExistingNetworkSettings? Existing { get; init; }
}

/// <summary>A VPC that this stack makes.</summary>
public sealed record CreatedNetworkSettings : IChecked
{
    [Setting("Addresses of the VPC. Another block means another network, and everything in it is made anew.")]
    public Ipv4Block Block { get; init; } = Ipv4Block.Parse("10.20.0.0/16");

    [Setting("How many availability zones to use.")]
    [Range(SubnetLayout.MinimumZones, SubnetLayout.MaximumZones)]
    public int ZoneCount { get; init; } = SubnetLayout.MaximumZones;

    [Setting("The zones, as many as zoneCount; a zone keeps its subnets as long as it keeps its place in the list.", Absent = "the region's first ones that EKS can use", Example = "[eu-west-1a, eu-west-1b, eu-west-1c]")]
    public ImmutableArray<string> Zones { get; init; } = [];

    [Setting("How nodes reach the internet: one NAT gateway for all zones, or one in each.")]
    public NatStrategy Nat { get; init; } = NatStrategy.PerZone;

    [Setting("Reach AWS services through network interfaces in the VPC instead of the internet; they cost by the hour.")]
    public bool ServiceEndpoints { get; init; }

    [Setting("Address blocks that the VPC will be connected to, by peering, VPN or transit gateway; only checked for overlaps.", Absent = "none", Example = "[10.0.0.0/16]")]
    public ImmutableArray<Ipv4Block> Peers { get; init; } = [];

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at) => [.. CheckBlock(at), .. CheckZones(platform, at)];

    private IEnumerable<SettingsProblem> CheckBlock(SettingPath at)
    {
        if (Block.PrefixLength is < SubnetLayout.ShortestPrefix or > SubnetLayout.LongestPrefix)
        {
            yield return new(
                at[nameof(Block)],
                Block.PrefixLength > SubnetLayout.LongestPrefix ? "is too small: every pod takes an address" : "is larger than a VPC can be",
                $"a /{SubnetLayout.ShortestPrefix} to /{SubnetLayout.LongestPrefix}",
                "block: 10.20.0.0/16",
                Block.Text);
        }

        foreach (var (peer, index) in Peers.Select((peer, index) => (peer, index)).Where(entry => entry.peer.Overlaps(Block)))
        {
            yield return new(
                at[nameof(Peers)][index], $"overlaps with the VPC's own addresses, {Block}", "addresses outside of the VPC", "choose another block for the VPC", peer.Text);
        }
    }

    private IEnumerable<SettingsProblem> CheckZones(PlatformSettings platform, SettingPath at)
    {
        if (!Zones.IsEmpty && (Zones.Length != ZoneCount || Zones.Distinct().Count() != Zones.Length))
        {
            yield return new(
                at[nameof(Zones)], $"does not name {ZoneCount} different zones", $"{ZoneCount} zones, or none", "name as many zones as zoneCount says, each once", string.Join(", ", Zones));
        }

        foreach (var (zone, index) in Zones.Select((zone, index) => (zone, index)).Where(entry => platform.Aws is { } aws && !aws.Region.HasZone(entry.zone)))
        {
            yield return new(
                at[nameof(Zones)][index],
                $"is no availability zone of the region {platform.Aws!.Region}",
                $"{platform.Aws.Region} and a letter",
                $"for example {platform.Aws.Region}a, or another platform:aws.region",
                zone);
        }
    }
}

/// <summary>A VPC that somebody else made.</summary>
public sealed record ExistingNetworkSettings : IChecked
{
    [Setting("The VPC.")]
    [AwsId("vpc")]
    public required string VpcId { get; init; }

    [Setting("One subnet in each zone for nodes, file systems and databases, tagged kubernetes.io/role/internal-elb=1.", Example = "[subnet-0123456789abcdef0, subnet-0123456789abcdef1]")]
    [AwsId("subnet")]
    public required ImmutableArray<string> PrivateSubnets { get; init; }

    [Setting("One subnet in each zone for load balancers that face the internet, tagged kubernetes.io/role/elb=1.", Absent = "none: load balancers are internal")]
    [AwsId("subnet")]
    public ImmutableArray<string> PublicSubnets { get; init; } = [];

    [Setting("Subnets for the network interfaces of the control plane.", Absent = "the private ones")]
    [AwsId("subnet")]
    public ImmutableArray<string> ControlPlaneSubnets { get; init; } = [];

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
                    at[name], "has not a subnet in two zones", "two subnets or more, each in another zone", "add the subnet of another zone", string.Join(", ", subnets));
            }
        }
    }
}
