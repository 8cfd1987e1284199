using System.Collections.Immutable;
using Infra.Clusters;
using Infra.Iam;
using Infra.Manifests;
using Pulumi;
using Pulumi.Aws.Eks;
using Pulumi.Aws.Iam;

namespace Infra.Tower;

/// <summary>Lets the Platform's AWS credentials launch pipelines on an EKS cluster: one access entry, whatever the number of namespaces.</summary>
public sealed class EksLauncherAccess : ComponentResource, ILauncherAccess
{
    private const string Token = "platform:tower:EksLauncherAccess";

    // RBAC group of the principal; AWS advises against user names for access entries. It is no argument: entry and binding change in two steps,
    // and between them a renamed group would lock the Platform out.
    private const string Group = "tower-launchers";

    /// <summary>Principal that the cluster knows: the one given, or the role made for it; resolves when it exists.</summary>
    [Output("principalArn")]
    public Output<string> PrincipalArn { get; private set; }

    /// <summary>Role that the Platform's credentials assume; null if they are used as they are.</summary>
    public Output<string>? AssumedRoleArn { get; }

    public ImmutableArray<Input<string>> Users => [];

    public ImmutableArray<string> Groups => [Group];

    public EksLauncherAccess(string name, EksLauncherAccessArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        Check(args);
        if (args.ExternalId is { } externalId)
        {
            var role = AccountRole.Make(
                $"{name}-role",
                args.Cluster.Account,
                externalId.Apply(id => TrustPolicies.WithExternalId(args.PrincipalArn, id).ToJson()),
                "Seqera Platform launches pipelines on EKS",
                this);
            // The Platform tries what the role may do as soon as it is told of it.
            PrincipalArn = Grant(name, args, role.Name) is { } permission
                ? role.Arn.After(permission)
                : role.Arn;
            AssumedRoleArn = PrincipalArn;
        }
        else
        {
            PrincipalArn = Output.Create(args.PrincipalArn);
            Grant(name, args, null);
        }

        Admit(name, args);
        RegisterOutputs();
    }

    private void Check(EksLauncherAccessArgs args)
    {
        var refused = (args.Cluster.AuthenticationMode, args.AccessMethods) switch
        {
            (_, []) => "would have no access to the cluster",
            (EksAuthenticationMode.Api, var methods) when methods.Contains(EksAccessMethod.AwsAuth) =>
                "would get access through aws-auth, which a cluster in the mode API does not read",
            (EksAuthenticationMode.ConfigMap, var methods) when methods.Contains(EksAccessMethod.AccessEntry) =>
                "would get access through an access entry, which a cluster in the mode CONFIG_MAP does not have",
            _ => null,
        };
        if (refused is not null)
        {
            throw new ResourceException(
                $"The principal '{args.PrincipalArn}' {refused}: choose an access method that the cluster's authentication mode supports.",
                this,
                hideStack: true);
        }
    }

    private static ImmutableArray<string> BucketArns(EksLauncherAccessArgs args) =>
        [.. args.WorkBuckets.Select(bucket => $"arn:{args.Cluster.Account.Region.Partition}:s3:::{bucket}")];

    // The id of the policy; null where IAM belongs to others.
    private Output<string>? Grant(string name, EksLauncherAccessArgs args, Output<string>? madeRole)
    {
        if (!args.GrantPermissions)
        {
            return null;
        }

        var policy = args.Cluster.PolicyArn.Apply(arn => TowerPolicies.ClustersAndBuckets(arn, BucketArns(args)).ToJson());
        var principal = IamPrincipal.Parse(args.PrincipalArn);
        if (madeRole is null && principal.Kind is IamPrincipalKind.User)
        {
            return new UserPolicy(
                $"{name}-policy", new UserPolicyArgs { User = principal.Name, Policy = policy }, new CustomResourceOptions { Parent = this }).Id;
        }

        return new RolePolicy(
            $"{name}-policy",
            new RolePolicyArgs { Role = madeRole ?? Output.Create(principal.Name), Policy = policy },
            new CustomResourceOptions { Parent = this }).Id;
    }

    private void Admit(string name, EksLauncherAccessArgs args)
    {
        if (args.AccessMethods.Contains(EksAccessMethod.AwsAuth))
        {
            new AwsAuthMapping(
                $"{name}-mapping",
                new AwsAuthMappingArgs { PrincipalArn = PrincipalArn, Kind = MappedKind(args), UserName = Group, Groups = Groups },
                new ComponentResourceOptions { Parent = this, Providers = { args.Cluster.Provider } });
        }

        if (args.AccessMethods.Contains(EksAccessMethod.AccessEntry))
        {
            new AccessEntry(
                $"{name}-entry",
                new AccessEntryArgs { ClusterName = args.Cluster.Name, PrincipalArn = PrincipalArn, Type = "STANDARD", KubernetesGroups = { Group } },
                // Only another principal or cluster replaces an entry: the new one lets in before the old one goes.
                new CustomResourceOptions { Parent = this, DeleteBeforeReplace = false });
        }
    }

    private static IamPrincipalKind MappedKind(EksLauncherAccessArgs args) =>
        args.ExternalId is null ? IamPrincipal.Parse(args.PrincipalArn).Kind : IamPrincipalKind.Role;
}

/// <summary>With whose credentials the Platform launches pipelines on an EKS cluster.</summary>
public sealed class EksLauncherAccessArgs : ResourceArgs
{
    public const bool DefaultGrantPermissions = true;
    public required IEksCluster Cluster { get; init; }

    /// <summary>
    /// IAM user or role whose keys the Platform's credentials hold, or, with <see cref="ExternalId"/>, the one that may assume the role made for them.
    /// </summary>
    public required string PrincipalArn { get; init; }

    /// <summary>
    /// Make a role that the principal assumes with this external id, which the Platform shows in its credentials form; null admits the principal itself.
    /// </summary>
    public Input<string>? ExternalId { get; init; }

    /// <summary>
    /// Give the principal, or the role made for it, the permissions that the Platform needs. Default true; false where IAM belongs to others.
    /// </summary>
    public bool GrantPermissions { get; init; } = DefaultGrantPermissions;

    /// <summary>How the cluster learns who the principal is; both methods during a move from the config map to access entries.</summary>
    public required ImmutableArray<EksAccessMethod> AccessMethods { get; init; }

    /// <summary>Buckets of work directories, by name, which the Platform's forms list and read. Default none.</summary>
    public ImmutableArray<string> WorkBuckets { get; init; } = [];
}

/// <summary>How an EKS cluster learns who an IAM principal is.</summary>
public enum EksAccessMethod
{
    /// <summary>An access entry in the EKS API.</summary>
    AccessEntry,

    /// <summary>An entry of the <c>aws-auth</c> config map.</summary>
    AwsAuth,
}
