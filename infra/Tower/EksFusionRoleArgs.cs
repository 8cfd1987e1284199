using System.Collections.Immutable;
using Infra.Clusters;
using Infra.Iam;
using Infra.Manifests;
using Pulumi;

namespace Infra.Tower;

/// <summary>Which pods work in which buckets.</summary>
public sealed class EksFusionRoleArgs : ResourceArgs
{
    public const WorkloadIdentity DefaultIdentity = WorkloadIdentity.Irsa;

    public required IEksCluster Cluster { get; init; }

    /// <summary>Namespace of the pipelines.</summary>
    public required string Namespace { get; init; }

    /// <summary>Service accounts of head jobs and tasks.</summary>
    public required ImmutableArray<KubernetesName> ServiceAccounts { get; init; }

    /// <summary>Buckets of work directories, by name; at least one.</summary>
    public required ImmutableArray<string> WorkBuckets { get; init; }

    /// <summary>How pods come by the role. Default IRSA, the way that Seqera documents.</summary>
    public WorkloadIdentity Identity { get; init; } = DefaultIdentity;
}
