using System.Collections.Immutable;

namespace Infra.Clusters;

/// <summary>One node pool of a GKE cluster. Counts are of all zones together.</summary>
/// <param name="Name">Its key in the stack file and part of its name.</param>
/// <param name="MachineType">Compute Engine machine type.</param>
public sealed record GkeNodePool(string Name, string MachineType)
{
    public const int DefaultMinimum = 1;
    public const int DefaultMaximum = 3;
    public const int DefaultDiskGiB = 100;

    /// <summary>Nodes that an upgrade adds before it takes old ones away: one for each pool (upgrade strategy SURGE).</summary>
    public const int Surge = 1;

    /// <summary>Fewest nodes; 0 lets the pool go away while nothing needs it. Default 1.</summary>
    public int Minimum { get; init; } = DefaultMinimum;

    /// <summary>Most nodes. Default 3.</summary>
    public int Maximum { get; init; } = DefaultMaximum;

    /// <summary>Spare capacity that Google takes back at half a minute's notice. Default false.</summary>
    public bool Spot { get; init; }

    /// <summary>Size of the node's disk in GiB, for images, logs and emptyDir volumes. Default 100.</summary>
    public int DiskGiB { get; init; } = DefaultDiskGiB;

    /// <summary>Labels of the nodes. Default none.</summary>
    public ImmutableDictionary<string, string> Labels { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Taints of the nodes. Default none.</summary>
    public ImmutableArray<NodeTaint> Taints { get; init; } = [];

    /// <summary>Most nodes that pools have at once, while each is being upgraded.</summary>
    public static int MostNodes(IEnumerable<GkeNodePool> pools) => pools.Sum(pool => pool.Maximum + Surge);

    /// <summary>Nodes in each zone when the pool is made; the autoscaler decides afterwards.</summary>
    public int InitialPerZone(int zones) => (Minimum + zones - 1) / zones;
}
