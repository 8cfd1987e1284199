using System.Collections.Immutable;
using Infra.Accounts;
using Infra.Networks;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>Who reaches the private address of an EKS API server, beside the cluster's own nodes.</summary>
public sealed record EksPrivateAccessSettings : IChecked
{
    [Setting("Addresses in the VPC, or in networks connected to it, that may connect.", Absent = "none", Example = "[10.0.0.0/16]")]
    public ImmutableArray<Ipv4Block> Blocks { get; init; } = [];

    [Setting(
        "Security groups of the VPC, or of VPCs peered with it in the region, whose members may connect.",
        Absent = "none",
        Example = "[sg-0123456789abcdef0]")]
    [Form(Form.SecurityGroupId)]
    public ImmutableArray<string> SecurityGroups { get; init; } = [];

    [Setting("What runs Pulumi reaches the API server on a way that this stack file does not show, such as from a pod of the cluster.")]
    public bool RunnerInside { get; init; }

    /// <summary>Whether somebody gets in.</summary>
    public bool LetsIn => RunnerInside || !Blocks.IsEmpty || !SecurityGroups.IsEmpty;

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        foreach (var (index, block) in Blocks.Index())
        {
            var place = at[nameof(Blocks)][index];
            if (block.PrefixLength == 0)
            {
                yield return new(
                    place, "lets everything in that ever gets a route to the VPC", "the addresses of runners, bastions and administrators",
                    "name your own networks", block.Text);
            }
            else if (platform.Cluster is EksClusterSettings { Network: CreatedNetworkSettings network } && !network.Reaches(block))
            {
                yield return new(
                    place, $"is neither in the VPC, {network.Block}, nor in a network that is connected to it, so that nothing there finds the way",
                    "a block of the VPC, or of network.create.peerings, transitGateways or peers",
                    $"network: {{ create: {{ transitGateways: {{ company: {{ id: tgw-0123456789abcdef0, blocks: [{block}] }} }} }} }}, or peers: [{block}] "
                        + "if the connection is made elsewhere",
                    block.Text);
            }
        }
    }
}

/// <summary>A VPC that the new one is peered with.</summary>
public sealed record VpcPeeringSettings
{
    [Setting("The other VPC. Its own route tables need a route back to the new VPC's block.")]
    [Form(Form.VpcId)]
    public required string VpcId { get; init; }

    [Setting("Its addresses, as far as nodes and API server are to talk with them.", Example = "[10.0.0.0/16]")]
    [Fewest(1)]
    public required ImmutableArray<Ipv4Block> Blocks { get; init; }

    [Setting("Its account, whose owner has to accept the peering.", Absent = "the same account", Example = "\"123456789012\"")]
    [Form(Form.AwsAccountId)]
    public string? AccountId { get; init; }

    [Setting("Its region, where the peering has to be accepted.", Absent = "the same region", Example = "eu-central-1")]
    public AwsRegion? Region { get; init; }
}

/// <summary>A transit gateway that the new VPC is attached to.</summary>
public sealed record TransitGatewaySettings
{
    [Setting("The gateway, of this account or shared with it. It has to accept attachments by itself; its own tables need a route to the new VPC's block.")]
    [Form(Form.TransitGatewayId)]
    public required string Id { get; init; }

    [Setting("Addresses that nodes and API server are to reach through it.", Example = "[10.0.0.0/16]")]
    [Fewest(1)]
    public required ImmutableArray<Ipv4Block> Blocks { get; init; }
}

/// <summary>What the connections of a new VPC must be to each other and to the VPC.</summary>
internal static class ConnectionRules
{
    public static IEnumerable<SettingsProblem> Broken(CreatedNetworkSettings network, SettingPath at)
    {
        foreach (var (place, _) in Connections(network, at).Where(connection => connection.Blocks.IsEmpty))
        {
            yield return new(
                place["blocks"], "is empty, so that no route leads through the connection", "one block or more", "blocks: [10.0.0.0/16]");
        }

        var connected = Connected(network, at).ToList();
        foreach (var (place, block) in connected.Where(connection => network.Block.Contains(connection.Block)))
        {
            yield return new(
                place, $"lies in the VPC's own addresses, {network.Block}, which no route leads away from", "addresses outside of the VPC",
                "choose another block for the VPC", block.Text);
        }

        foreach (var (place, block) in connected.Where(connection => connection.Block.PrefixLength == 0))
        {
            yield return new(
                place, "is the whole internet, where the NAT gateways lead", "the addresses of your own networks", "for example blocks: [10.0.0.0/8]",
                block.Text);
        }

        foreach (var again in connected.GroupBy(connection => connection.Block).SelectMany(same => same.Skip(1)))
        {
            yield return new(
                again.At, "is named twice, and a route table has one route for each block", "every block once", "remove one of them", again.Block.Text);
        }
    }

    /// <summary>Blocks behind the connections that the stack makes, with their places in the stack file.</summary>
    public static IEnumerable<(SettingPath At, Ipv4Block Block)> Connected(CreatedNetworkSettings network, SettingPath at) =>
        Connections(network, at).SelectMany(connection => connection.Blocks.Select((block, index) => (connection.At["blocks"][index], block)));

    private static IEnumerable<(SettingPath At, ImmutableArray<Ipv4Block> Blocks)> Connections(CreatedNetworkSettings network, SettingPath at) =>
    [
        .. network.Peerings.Select(peering => (at[nameof(network.Peerings)].Entry(peering.Key), peering.Value.Blocks)),
        .. network.TransitGateways.Select(gateway => (at[nameof(network.TransitGateways)].Entry(gateway.Key), gateway.Value.Blocks)),
    ];
}
