using System.Numerics;
using Pulumi;

namespace Infra.Networks;

/// <summary>A VPC network of Google Cloud with the subnetwork of one cluster, made by this program or adopted.</summary>
public interface IGcpNetwork
{
    /// <summary>Full name: <c>projects/&lt;project&gt;/global/networks/&lt;name&gt;</c>.</summary>
    Output<string> NetworkId { get; }

    /// <summary>Full name of the nodes' subnetwork.</summary>
    Output<string> SubnetworkId { get; }

    /// <summary>Secondary range of the pods; null lets GKE choose, as for a cluster that exists.</summary>
    Output<string>? PodsRangeName { get; }

    /// <summary>Secondary range of the Services.</summary>
    Output<string>? ServicesRangeName { get; }

    /// <summary>The network again, resolved only when Google's managed services (Cloud SQL, Memorystore, Filestore) can be placed beside it.</summary>
    Output<string> ManagedServicesNetworkId { get; }
}

/// <summary>A network of Google Cloud that exists already; nothing in it is changed.</summary>
public sealed class ExistingGcpNetwork : IGcpNetwork
{
    /// <summary>Names what there is.</summary>
    /// <param name="networkId">Full name of the network.</param>
    /// <param name="subnetworkId">Full name of the nodes' subnetwork.</param>
    /// <param name="podsRangeName">Secondary range of the pods; null where the cluster exists and has one.</param>
    /// <param name="servicesRangeName">Secondary range of the Services; null where the cluster exists and has one.</param>
    /// <param name="managedServices">Private services access that this program adds; null where the network has it.</param>
    public ExistingGcpNetwork(
        Output<string> networkId,
        Output<string> subnetworkId,
        string? podsRangeName = null,
        string? servicesRangeName = null,
        ManagedServicesAccess? managedServices = null)
    {
        NetworkId = networkId;
        ManagedServicesNetworkId = managedServices?.NetworkId ?? networkId;
        SubnetworkId = subnetworkId;
        PodsRangeName = podsRangeName is null ? null : Output.Create(podsRangeName);
        ServicesRangeName = servicesRangeName is null ? null : Output.Create(servicesRangeName);
    }

    public Output<string> NetworkId { get; }
    public Output<string> SubnetworkId { get; }
    public Output<string>? PodsRangeName { get; }
    public Output<string>? ServicesRangeName { get; }
    public Output<string> ManagedServicesNetworkId { get; }
}

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
