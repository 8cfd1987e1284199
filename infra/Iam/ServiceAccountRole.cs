using System.Collections.Immutable;
using Infra.Clusters;
using Infra.Manifests;
using Pulumi;
using Pulumi.Aws.Eks;
using Pulumi.Aws.Iam;

namespace Infra.Iam;

/// <summary>An IAM role for the pods of some service accounts of a namespace.</summary>
public sealed class ServiceAccountRole : ComponentResource
{
    /// <summary>The annotation with which IRSA finds the role (EKS user guide, "Assign IAM roles to Kubernetes service accounts").</summary>
    public const string RoleAnnotation = "eks.amazonaws.com/role-arn";

    private const string Token = "platform:iam:ServiceAccountRole";

    /// <summary>ARN of the role; resolves when everything that pods need to use it exists.</summary>
    [Output("roleArn")]
    public Output<string> RoleArn { get; private set; }

    /// <summary>Name of the role, for a policy that only AWS's own values can complete.</summary>
    public Output<string> RoleName { get; }

    /// <summary>What each service account must be annotated with: nothing for Pod Identity.</summary>
    public InputMap<string> Annotations { get; } = new();

    public ServiceAccountRole(string name, ServiceAccountRoleArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var cluster = args.Cluster;
        var role = AccountRole.Make($"{name}-role", cluster.Account, Trust(args), args.Description, this);
        RoleName = role.Name;
        RoleArn = args.Policy is { } policy ? Permitted(name, role, policy) : role.Arn;
        if (args.Identity is WorkloadIdentity.Irsa)
        {
            Annotations[RoleAnnotation] = RoleArn;
        }
        else
        {
            var permitted = RoleArn;
            var associations = args.ServiceAccounts.Select(account => new PodIdentityAssociation(
                $"{name}-association-{account}",
                new PodIdentityAssociationArgs { ClusterName = cluster.Name, Namespace = args.Namespace, ServiceAccount = account, RoleArn = permitted },
                new CustomResourceOptions { Parent = this }).RoleArn);
            RoleArn = Output.All(associations).Apply(arns => arns[0]);
        }

        RegisterOutputs();
    }

    // Pods that act as the role find it allowed to do what they are for.
    private Output<string> Permitted(string name, Role role, Input<string> policy)
    {
        var permission = new RolePolicy(
            $"{name}-policy", new RolePolicyArgs { Role = role.Name, Policy = policy }, new CustomResourceOptions { Parent = this });
        return role.Arn.After(permission.Id);
    }

    private static Output<string> Trust(ServiceAccountRoleArgs args) => args.Identity is WorkloadIdentity.Irsa
        ? Output.Tuple(args.Cluster.OidcProviderArn, args.Cluster.OidcIssuer)
            .Apply(oidc => TrustPolicies.ServiceAccount(oidc.Item1, oidc.Item2, args.Namespace, args.ServiceAccounts).ToJson())
        : args.Cluster.PolicyArn.Apply(arn => TrustPolicies.PodIdentity(arn, args.Namespace, args.ServiceAccounts).ToJson());
}

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

    /// <summary>How the pods come by the role. Default Pod Identity.</summary>
    public WorkloadIdentity Identity { get; init; } = WorkloadIdentity.PodIdentity;
}

/// <summary>How pods of an EKS cluster come by an IAM role.</summary>
public enum WorkloadIdentity
{
    /// <summary>EKS Pod Identity: an association in the EKS API; pods that run already do not pick it up.</summary>
    PodIdentity,

    /// <summary>IAM roles for service accounts: an annotation on the service account and the cluster's IAM OIDC provider.</summary>
    Irsa,
}
