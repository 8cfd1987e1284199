using Infra.Accounts;
using Infra.Clusters;
using Pulumi;

namespace Infra.Tower;

/// <summary>With whose credentials the Platform launches pipelines on a GKE cluster.</summary>
public sealed class GkeLauncherAccessArgs : ResourceArgs
{
    public const bool DefaultGrantPermissions = true;

    public required IGkeCluster Cluster { get; init; }

    /// <summary>The IAM service account whose key the Platform's credentials hold.</summary>
    public required ServiceAccountEmail ServiceAccount { get; init; }

    /// <summary>Let the account find clusters and sign in to them. Default true; false where IAM belongs to others.</summary>
    public bool GrantPermissions { get; init; } = DefaultGrantPermissions;
}
