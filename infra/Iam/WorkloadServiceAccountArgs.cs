using System.Collections.Immutable;
using Infra.Clusters;
using Infra.Manifests;
using Pulumi;

namespace Infra.Iam;

/// <summary>Which pods act as an IAM service account of their own, and what it may do.</summary>
public sealed class WorkloadServiceAccountArgs : ResourceArgs
{
    public required IGkeCluster Cluster { get; init; }

    /// <summary>Part of the account's address before the @ (<see cref="Naming.GcpNameRule.ServiceAccount"/>).</summary>
    public required string AccountId { get; init; }

    /// <summary>What people read beside it.</summary>
    public required string Description { get; init; }

    /// <summary>Namespace of the pods.</summary>
    public required string Namespace { get; init; }

    /// <summary>Kubernetes service accounts of the pods.</summary>
    public required ImmutableArray<KubernetesName> ServiceAccounts { get; init; }

    /// <summary>Cloud Storage buckets, by name, whose objects the pods read and write. Default none.</summary>
    public ImmutableArray<string> Buckets { get; init; } = [];
}
