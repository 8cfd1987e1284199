using System.Collections.Immutable;
using Infra.Clusters;
using Infra.Iam;
using Infra.Manifests;
using Pulumi;

namespace Infra.Tower;

/// <summary>Lets the pods of one namespace's pipelines read and write work directories in S3 through Fusion.</summary>
public sealed class EksFusionRole : ComponentResource
{
    private const string Token = "platform:tower:EksFusionRole";

    /// <summary>ARN of the role; resolves when pods can use it.</summary>
    [Output("roleArn")]
    public Output<string> RoleArn { get; private set; }

    /// <summary>What each service account must be annotated with: nothing for Pod Identity.</summary>
    public InputMap<string> Annotations { get; }

    public EksFusionRole(string name, EksFusionRoleArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var partition = args.Cluster.Account.Region.Partition;
        var role = new ServiceAccountRole(
            $"{name}-identity",
            new ServiceAccountRoleArgs
            {
                Cluster = args.Cluster,
                Namespace = args.Namespace,
                ServiceAccounts = [.. args.ServiceAccounts.Select(account => account.Text)],
                Description = $"Fusion in namespace {args.Namespace}",
                Policy = StoragePolicies.WorkDirectories([.. args.WorkBuckets.Select(bucket => $"arn:{partition}:s3:::{bucket}")]).ToJson(),
                Identity = args.Identity,
            },
            new ComponentResourceOptions { Parent = this });
        RoleArn = role.RoleArn;
        Annotations = role.Annotations;
        RegisterOutputs();
    }
}

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
