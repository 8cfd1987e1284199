using System.Collections.Immutable;
using Infra.Clusters;
using Infra.Manifests;
using Pulumi;
using Pulumi.Gcp.ServiceAccount;
using Pulumi.Gcp.Storage;

namespace Infra.Iam;

/// <summary>An IAM service account as which pods act, through Workload Identity and without keys.</summary>
public sealed class WorkloadServiceAccount : ComponentResource
{
    private const string Token = "platform:iam:WorkloadServiceAccount";

    /// <summary>Annotation of the Kubernetes service account.</summary>
    public const string Annotation = "iam.gke.io/gcp-service-account";

    /// <summary>Address of the account; resolves when pods can act as it and it has its roles.</summary>
    [Output("email")]
    public Output<string> Email { get; private set; }

    /// <summary>What the Kubernetes service accounts must be annotated with.</summary>
    public InputMap<string> Annotations { get; }

    public WorkloadServiceAccount(string name, WorkloadServiceAccountArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var account = new Account(
            name,
            new AccountArgs { AccountId = args.AccountId, DisplayName = args.AccountId, Description = args.Description },
            new CustomResourceOptions { Parent = this });
        var address = Planned.Or(account.Email, AddressOf(args));
        List<Output<string>> granted =
        [
            .. args.ServiceAccounts.Select(pods => Admit($"{name}-{pods}", account, pods, args)),
            .. args.Buckets.Select(bucket => new BucketIAMMember(
                $"{name}-{bucket}",
                // Fusion creates, reads, lists, tags and deletes objects; the bucket itself it leaves alone.
                new BucketIAMMemberArgs { Bucket = bucket, Role = "roles/storage.objectAdmin", Member = Output.Format($"serviceAccount:{address}") },
                new CustomResourceOptions { Parent = this }).Id),
        ];
        Email = Planned.Or(account.Email.After(Output.All(granted)), AddressOf(args));
        Annotations = new InputMap<string> { [Annotation] = Email };
        RegisterOutputs();
    }

    // Google makes it of id and project; the id of a project in a domain of its own, example.com:project, turns around.
    private static string AddressOf(WorkloadServiceAccountArgs args) =>
        $"{args.AccountId}@{string.Join('.', args.Cluster.Project.ProjectId.Split(':').Reverse())}.iam.gserviceaccount.com";

    private Output<string> Admit(string name, Account account, KubernetesName pods, WorkloadServiceAccountArgs args) => new IAMMember(
        name,
        new IAMMemberArgs
        {
            ServiceAccountId = account.Name,
            Role = "roles/iam.workloadIdentityUser",
            // The pool is there when the cluster is: before, IAM would refuse the member.
            Member = args.Cluster.WorkloadPool.Apply(pool => WorkloadIdentityMember.For(pool, args.Namespace, pods)),
        },
        new CustomResourceOptions { Parent = this }).Id;
}

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

/// <summary>How IAM policies of Google Cloud name a Kubernetes service account of a cluster with Workload Identity.</summary>
public static class WorkloadIdentityMember
{
    /// <summary>The member that may act as an IAM service account: <c>serviceAccount:project.svc.id.goog[namespace/account]</c>.</summary>
    public static string For(string workloadPool, string kubernetesNamespace, KubernetesName account) =>
        $"serviceAccount:{workloadPool}[{KubernetesName.Parse(kubernetesNamespace)}/{account}]";
}
