using System.Collections.Immutable;
using Infra.Clusters;
using Pulumi;

namespace Infra.Iam;

/// <summary>Which pods get a role, and what it may do.</summary>
public sealed class ServiceAccountRoleArgs : ResourceArgs
{
    public required IEksCluster Cluster { get; init; }

    public required string Namespace { get; init; }

    /// <summary>Service accounts in the namespace; at least one.</summary>
    public required ImmutableArray<string> ServiceAccounts { get; init; }

    /// <summary>What the role is for.</summary>
    public required string Description { get; init; }

    /// <summary>Policy of its own, as JSON; null for none.</summary>
    public Input<string>? Policy { get; init; }

    /// <summary>Policies that AWS manages, with their paths. Default none.</summary>
    public ImmutableArray<string> ManagedPolicies { get; init; } = [];

    /// <summary>How the pods come by the role. Default Pod Identity.</summary>
    public WorkloadIdentity Identity { get; init; } = WorkloadIdentity.PodIdentity;
}
