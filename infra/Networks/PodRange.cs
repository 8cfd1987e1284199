using System.Numerics;

namespace Infra.Networks;

/// <summary>How many nodes a secondary range of pod addresses is good for.</summary>
/// <remarks>
/// GKE gives every node a block of its own with at least twice as many addresses as the node may have pods, so that an address rests before it is used again
/// (GKE documentation, "Configure maximum Pods per node").
/// </remarks>
public static class PodRange
{
    /// <summary>Fewest pods that GKE lets a node be limited to.</summary>
    public const int FewestPodsPerNode = 8;

    /// <summary>Most pods on a node of a VPC-native Standard cluster.</summary>
    public const int MostPodsPerNode = 256;

    private const int AddressBits = 32;

    /// <summary>Prefix length of the block that each node gets: 24 for the usual 110 pods.</summary>
    public static int NodePrefix(int podsPerNode)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(podsPerNode, FewestPodsPerNode);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(podsPerNode, MostPodsPerNode);
        return AddressBits - BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)podsPerNode * 2));
    }

    /// <summary>Nodes that find a block in the range.</summary>
    public static long Nodes(Ipv4Block pods, int podsPerNode)
    {
        var prefix = NodePrefix(podsPerNode);
        return prefix < pods.PrefixLength ? 0 : 1L << (prefix - pods.PrefixLength);
    }

    /// <summary>Prefix length of the smallest range for so many nodes.</summary>
    public static int PrefixFor(int nodes, int podsPerNode)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(nodes, 1);
        return NodePrefix(podsPerNode) - BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)nodes));
    }
}
