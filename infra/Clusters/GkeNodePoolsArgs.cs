using System.Collections.Immutable;
using Infra.Networks;
using Pulumi;

namespace Infra.Clusters;

/// <summary>What the nodes of a GKE cluster look like.</summary>
public sealed class GkeNodePoolsArgs : ResourceArgs
{
    /// <summary>Full name of the cluster.</summary>
    public required Input<string> ClusterId { get; init; }

    public required GkeLocation Location { get; init; }

    public required ImmutableArray<GkeNodePool> Pools { get; init; }

    public required int PodsPerNode { get; init; }

    /// <summary>Address of the nodes' service account.</summary>
    public required Input<string> NodeAccount { get; init; }

    /// <summary>Key of the nodes' disks, by its full name.</summary>
    public required Input<string> DiskKeyId { get; init; }

    public required Input<string> NetworkId { get; init; }

    /// <summary>Where webhook calls come from.</summary>
    public required Ipv4Block ControlPlaneBlock { get; init; }
}
