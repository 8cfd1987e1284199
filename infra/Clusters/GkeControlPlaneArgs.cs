using Infra.Accounts;
using Infra.Networks;
using Pulumi;

namespace Infra.Clusters;

/// <summary>What the control plane of a GKE cluster looks like.</summary>
public sealed class GkeControlPlaneArgs : ResourceArgs
{
    public required GcpProject Project { get; init; }

    /// <summary>Physical name (<see cref="Naming.GcpNameRule.GkeCluster"/>). Changing it replaces the cluster.</summary>
    public required string ClusterName { get; init; }

    public required GkeLocation Location { get; init; }

    public required GkeVersion Version { get; init; }

    public required GkeReleaseChannel Channel { get; init; }

    public required IGcpNetwork Network { get; init; }

    /// <summary>A /28 that nothing in the network or its peers has. Changing it replaces the cluster.</summary>
    public required Ipv4Block ControlPlaneBlock { get; init; }

    public required int PodsPerNode { get; init; }

    public required GkeEndpointAccess Access { get; init; }

    public required GkeMaintenance Maintenance { get; init; }

    /// <summary>Key for Kubernetes Secrets, by its full name.</summary>
    public required Input<string> KeyId { get; init; }

    /// <summary>Account of the node with which GKE starts every cluster, until the real pools are there.</summary>
    public required Input<string> NodeAccount { get; init; }

    /// <summary>Group in whose subgroups RBAC may name people, always <c>gke-security-groups@…</c>; null for no groups.</summary>
    public required string? SecurityGroup { get; init; }

    /// <summary>GKE and Pulumi refuse to delete the cluster.</summary>
    public required bool Protected { get; init; }
}
