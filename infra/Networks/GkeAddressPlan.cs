using System.Collections.Immutable;

namespace Infra.Networks;

/// <summary>The address ranges of a VPC-native GKE cluster.</summary>
/// <param name="Nodes">Primary range of the subnetwork.</param>
/// <param name="Pods">Secondary range of the pods.</param>
/// <param name="Services">Secondary range of the Services.</param>
/// <param name="ControlPlane">Range of Google's network in which the control plane stands: always a /28.</param>
/// <param name="ManagedServices">Range that Cloud SQL, Memorystore and Filestore take their addresses from.</param>
public sealed record GkeAddressPlan(Ipv4Block Nodes, Ipv4Block Pods, Ipv4Block Services, Ipv4Block ControlPlane, Ipv4Block ManagedServices)
{
    /// <summary>GKE documentation, "Creating a private cluster": the control plane's range is a /28, no more and no less.</summary>
    public const int ControlPlanePrefix = 28;

    /// <summary>GKE documentation, "VPC-native clusters": Services have a /16 to /27.</summary>
    public const int ShortestServicesPrefix = 16;

    public const int LongestServicesPrefix = 27;

    /// <summary>
    /// VPC documentation, "Private services access": Google advises a /16 and takes no less than a /24 from which every service carves its own.
    /// </summary>
    public const int LongestManagedServicesPrefix = 24;

    // VPC documentation, "Subnets": the first two and the last two addresses of a primary range are Google's.
    private const int ReservedAddresses = 4;

    /// <summary>Room for a thousand nodes of 110 pods, beside each other and apart from what offices and other clouds use most.</summary>
    public static GkeAddressPlan Default { get; } = new(
        Ipv4Block.Parse("10.40.0.0/20"),
        Ipv4Block.Parse("10.44.0.0/14"),
        Ipv4Block.Parse("10.40.16.0/20"),
        Ipv4Block.Parse("172.16.0.0/28"),
        Ipv4Block.Parse("10.41.0.0/16"));

    /// <summary>Everything that is wrong, for a cluster that grows to so many nodes.</summary>
    /// <param name="nodes">Most nodes of all pools, with those that an upgrade adds.</param>
    /// <param name="podsPerNode">Most pods on a node.</param>
    public ImmutableArray<GkeAddressProblem> Problems(int nodes, int podsPerNode) =>
        [.. SizeProblems(), .. CapacityProblems(nodes, podsPerNode), .. OverlapProblems()];

    /// <summary>Ranges of a size that Google does not take.</summary>
    public IEnumerable<GkeAddressProblem> SizeProblems()
    {
        if (ControlPlane.PrefixLength != ControlPlanePrefix)
        {
            yield return new(
                nameof(ControlPlane),
                "is no /28, the only size that GKE takes for the control plane",
                "a block of 16 addresses: a /28",
                "controlPlane: 172.16.0.0/28");
        }

        if (Services.PrefixLength is < ShortestServicesPrefix or > LongestServicesPrefix)
        {
            yield return new(
                nameof(Services),
                "is no size that GKE takes for Services",
                $"a /{ShortestServicesPrefix} to /{LongestServicesPrefix}",
                $"services: {Default.Services}");
        }

        if (ManagedServices.PrefixLength > LongestManagedServicesPrefix)
        {
            yield return new(
                nameof(ManagedServices),
                "is too small for a database, a Redis server and a file share",
                $"a /{LongestManagedServicesPrefix} or larger",
                $"managedServices: {Default.ManagedServices}");
        }
    }

    /// <summary>Ranges that are too small for the nodes and their pods.</summary>
    public IEnumerable<GkeAddressProblem> CapacityProblems(int nodes, int podsPerNode)
    {
        if (Nodes.Size - ReservedAddresses < nodes)
        {
            yield return new(
                nameof(Nodes),
                $"has addresses for {Math.Max(0, Nodes.Size - ReservedAddresses)} nodes, and the pools grow to {nodes}",
                "a larger block",
                "a shorter prefix, or smaller pools");
        }

        var room = PodRange.Nodes(Pods, podsPerNode);
        if (room < nodes)
        {
            yield return new(
                nameof(Pods),
                $"has blocks for {room} nodes of {podsPerNode} pods, and the pools grow to {nodes}",
                $"a /{PodRange.PrefixFor(nodes, podsPerNode)} or larger",
                $"a /{PodRange.PrefixFor(nodes, podsPerNode)}, fewer podsPerNode, or smaller pools");
        }
    }

    /// <summary>Ranges that share addresses.</summary>
    public IEnumerable<GkeAddressProblem> OverlapProblems()
    {
        (string Name, Ipv4Block Block)[] ranges =
        [
            (nameof(Nodes), Nodes),
            (nameof(Pods), Pods),
            (nameof(Services), Services),
            (nameof(ControlPlane), ControlPlane),
            (nameof(ManagedServices), ManagedServices),
        ];
        for (var later = 1; later < ranges.Length; later++)
        {
            foreach (var earlier in ranges.Take(later).Where(earlier => earlier.Block.Overlaps(ranges[later].Block)))
            {
                var other = $"{char.ToLowerInvariant(earlier.Name[0])}{earlier.Name[1..]}";
                yield return new(
                    ranges[later].Name,
                    $"overlaps with {other}, {earlier.Block}",
                    "addresses that no other range has",
                    $"move it out of {earlier.Block}");
            }
        }
    }
}

/// <summary>One thing that is wrong with the addresses of a GKE cluster.</summary>
/// <param name="Range">Which of <see cref="GkeAddressPlan"/>'s ranges, by property name.</param>
/// <param name="What">What is wrong, one clause without the value.</param>
/// <param name="Allowed">What the range may be.</param>
/// <param name="Fix">A value that would do.</param>
public sealed record GkeAddressProblem(string Range, string What, string Allowed, string Fix);
