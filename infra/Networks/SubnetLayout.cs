using System.Collections.Immutable;

namespace Infra.Networks;

/// <summary>Divides the addresses of a VPC: one public, one private and one intra subnet for each availability zone.</summary>
/// <remarks>
/// The block is divided in four. The first three quarters are the private subnets, because with the VPC CNI every pod takes an address there;
/// the last quarter is divided in four again: three public subnets, and a remainder that holds the intra subnets.
/// A subnet's addresses depend on its slot only, so adding a third zone moves nothing.
/// </remarks>
public static class SubnetLayout
{
    /// <summary>An EKS control plane needs subnets in two zones (EKS user guide, "VPC and subnet requirements").</summary>
    public const int MinimumZones = 2;

    /// <summary>More zones than this add cost for traffic between zones and no availability that EKS, EFS or ElastiCache could use.</summary>
    public const int MaximumZones = 3;

    /// <summary>Largest VPC that AWS makes (VPC user guide, "VPC CIDR blocks").</summary>
    public const int ShortestPrefix = 16;

    /// <summary>Below this size a private subnet holds fewer than 1,000 pods, and public subnets fall short of a scaled-out load balancer.</summary>
    public const int LongestPrefix = 20;

    // EKS wants six free addresses in each of these and advises sixteen; AWS keeps five of the sixteen in a /28, and upgrades take a few for a while.
    private const int IntraPrefix = 28;

    private static readonly ImmutableArray<SubnetTier> Tiers = [SubnetTier.Public, SubnetTier.Private, SubnetTier.Intra];

    public static ImmutableArray<PlannedSubnet> Plan(Ipv4Block vpc, int zones)
    {
        if (vpc.PrefixLength is < ShortestPrefix or > LongestPrefix)
        {
            throw new ArgumentOutOfRangeException(nameof(vpc), vpc.Text, $"The block of a VPC must be between /{ShortestPrefix} and /{LongestPrefix}.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(zones, MinimumZones);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(zones, MaximumZones);
        return [.. Tiers.SelectMany(tier => Enumerable.Range(1, zones).Select(slot => new PlannedSubnet(tier, slot, Block(vpc, tier, slot))))];
    }

    private static Ipv4Block Block(Ipv4Block vpc, SubnetTier tier, int slot)
    {
        var quarter = vpc.PrefixLength + 2;
        var last = vpc.Part(quarter, 3);
        return tier switch
        {
            SubnetTier.Private => vpc.Part(quarter, slot - 1),
            SubnetTier.Public => last.Part(quarter + 2, slot - 1),
            _ => last.Part(quarter + 2, 3).Part(IntraPrefix, slot - 1),
        };
    }
}

/// <summary>What a subnet is for, which decides where its default route goes.</summary>
public enum SubnetTier
{
    /// <summary>Load balancers and NAT gateways; default route to the internet gateway.</summary>
    Public,

    /// <summary>Nodes, pods and managed services; default route to a NAT gateway.</summary>
    Private,

    /// <summary>The network interfaces of the EKS control plane; no route out of the VPC.</summary>
    Intra,
}

/// <summary>One subnet of a layout.</summary>
/// <param name="Tier">What it is for.</param>
/// <param name="Slot">Which availability zone it serves: 1 for the first zone of the network.</param>
/// <param name="Block">Its addresses.</param>
public sealed record PlannedSubnet(SubnetTier Tier, int Slot, Ipv4Block Block)
{
    /// <summary>The part of a logical name that tells it from its siblings: <c>private-2</c>.</summary>
    public string Role => $"{Tier.ToString().ToLowerInvariant()}-{Slot}";
}
