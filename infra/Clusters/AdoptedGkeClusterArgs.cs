using Infra.Accounts;
using Infra.Networks;
using Pulumi;

namespace Infra.Clusters;

/// <summary>Which GKE cluster is adopted.</summary>
public sealed class AdoptedGkeClusterArgs : ResourceArgs
{
    public required GcpProject Project { get; init; }

    /// <summary>Name of the cluster.</summary>
    public required string ClusterName { get; init; }

    /// <summary>Region or zone of the cluster; a cluster is found by both.</summary>
    public required GkeLocation Location { get; init; }

    /// <summary>Addresses for managed services that the network gets; null where it has private services access already.</summary>
    public Ipv4Block? ManagedServicesBlock { get; init; }

    /// <summary>Refuse deletion of what is added to the network. Default false.</summary>
    public bool Protected { get; init; }
}
