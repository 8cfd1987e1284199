using System.Collections.Immutable;
using Infra.Accounts;
using Infra.Networks;
using Pulumi;

namespace Infra.Clusters;

/// <summary>What a GKE cluster looks like.</summary>
public sealed class GkeClusterArgs : ResourceArgs
{
    public const GkeReleaseChannel DefaultChannel = GkeReleaseChannel.Regular;

    /// <summary>GKE's own default for the pods of a node.</summary>
    public const int DefaultPodsPerNode = 110;

    public required GcpProject Project { get; init; }

    /// <summary>Physical name (<see cref="Naming.GcpNameRule.GkeCluster"/>). Changing it replaces the cluster.</summary>
    public required string ClusterName { get; init; }

    /// <summary>Id of the nodes' service account (<see cref="Naming.GcpNameRule.ServiceAccount"/>).</summary>
    public required string NodeAccountId { get; init; }

    /// <summary>A region in production: a control plane in one zone is away during every upgrade.</summary>
    public required GkeLocation Location { get; init; }

    public required GkeVersion Version { get; init; }

    /// <summary>Default Regular.</summary>
    public GkeReleaseChannel Channel { get; init; } = DefaultChannel;

    public required IGcpNetwork Network { get; init; }

    /// <summary>A /28 for the control plane. Changing it replaces the cluster.</summary>
    public Ipv4Block ControlPlaneBlock { get; init; } = GkeAddressPlan.Default.ControlPlane;

    /// <summary>Most pods on a node, 8 to 256; decides how many nodes the pods' range is good for. Changing it replaces the cluster.</summary>
    public int PodsPerNode { get; init; } = DefaultPodsPerNode;

    /// <summary>Default by DNS name, for whom IAM allows it, and no public address.</summary>
    public GkeEndpointAccess Access { get; init; } = new(GkeEndpointAccess.DefaultByName, []);

    /// <summary>Default the nights of the weekend.</summary>
    public GkeMaintenance Maintenance { get; init; } = GkeMaintenance.Weekend;

    public required ImmutableArray<GkeNodePool> Pools { get; init; }

    /// <summary>Google group whose subgroups RBAC may name; null for none.</summary>
    public string? SecurityGroup { get; init; }

    /// <summary>GKE and Pulumi refuse to delete the cluster. Default false.</summary>
    public bool Protected { get; init; }
}
