using System.Collections.Immutable;
using Infra.Clusters;
using Pulumi;

namespace Infra.Tower;

/// <summary>With whose credentials the Platform launches pipelines on an EKS cluster.</summary>
public sealed class EksLauncherAccessArgs : ResourceArgs
{
    public const bool DefaultGrantPermissions = true;

    public required IEksCluster Cluster { get; init; }

    /// <summary>
    /// IAM user or role whose keys the Platform's credentials hold, or, with <see cref="ExternalId"/>, the one that may assume the role made for them.
    /// </summary>
    public required string PrincipalArn { get; init; }

    /// <summary>Make a role that the principal assumes with this external id, which the Platform shows in its credentials form; null admits the principal itself.</summary>
    public Input<string>? ExternalId { get; init; }

    /// <summary>Give the principal, or the role made for it, the permissions that the Platform needs. Default true; false where IAM belongs to others.</summary>
    public bool GrantPermissions { get; init; } = DefaultGrantPermissions;

    /// <summary>How the cluster learns who the principal is; both ways during a move from the config map to access entries.</summary>
    public required ImmutableArray<EksWayIn> Ways { get; init; }

    /// <summary>Buckets of work directories, by name, which the Platform's forms list and read. Default none.</summary>
    public ImmutableArray<string> WorkBuckets { get; init; } = [];
}
