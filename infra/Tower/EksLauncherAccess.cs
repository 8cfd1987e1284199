using System.Collections.Immutable;
using Infra.Clusters;
using Infra.Iam;
using Pulumi;
using Pulumi.Aws.Eks;
using Pulumi.Aws.Iam;

namespace Infra.Tower;

/// <summary>Lets the Platform's AWS credentials launch pipelines on an EKS cluster: one access entry, whatever the number of namespaces.</summary>
public sealed class EksLauncherAccess : ComponentResource, ILauncherAccess
{
    private const string Token = "platform:tower:EksLauncherAccess";

    /// <summary>Principal that the cluster knows: the one given, or the role made for it; resolves when it exists.</summary>
    [Output("principalArn")]
    public Output<string> PrincipalArn { get; private set; }

    /// <summary>Role that the Platform's credentials assume; null if they are used as they are.</summary>
    public Output<string>? AssumedRoleArn { get; }

    public ImmutableArray<Input<string>> Users => [];

    public ImmutableArray<string> Groups { get; }

    public EksLauncherAccess(string name, EksLauncherAccessArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        Groups = [args.Group.Text];
        if (args.ExternalId is { } externalId)
        {
            var role = new Role(
                $"{name}-role",
                new RoleArgs
                {
                    AssumeRolePolicy = externalId.Apply(id => TrustPolicies.WithExternalId(args.PrincipalArn, id).ToJson()),
                    Description = "Seqera Platform launches pipelines on EKS",
                },
                new CustomResourceOptions { Parent = this });
            AssumedRoleArn = role.Arn;
            PrincipalArn = role.Arn;
            Grant(name, args, role.Name);
        }
        else
        {
            PrincipalArn = Output.Create(args.PrincipalArn);
            Grant(name, args, null);
        }

        Admit(name, args);
        RegisterOutputs();
    }

    private static ImmutableArray<string> BucketArns(EksLauncherAccessArgs args) =>
        [.. args.WorkBuckets.Select(bucket => $"arn:{args.Cluster.Account.Region.Partition}:s3:::{bucket}")];

    private void Grant(string name, EksLauncherAccessArgs args, Output<string>? madeRole)
    {
        if (!args.GrantPermissions)
        {
            return;
        }

        var policy = args.Cluster.Arn.Apply(arn => TowerPolicies.ClustersAndBuckets(arn, BucketArns(args)).ToJson());
        var principal = IamPrincipal.Parse(args.PrincipalArn);
        if (madeRole is null && principal.Kind is IamPrincipalKind.User)
        {
            new UserPolicy($"{name}-policy", new UserPolicyArgs { User = principal.Name, Policy = policy }, new CustomResourceOptions { Parent = this });
        }
        else
        {
            new RolePolicy(
                $"{name}-policy", new RolePolicyArgs { Role = madeRole ?? Output.Create(principal.Name), Policy = policy }, new CustomResourceOptions { Parent = this });
        }
    }

    private void Admit(string name, EksLauncherAccessArgs args)
    {
        if (args.Cluster.AuthenticationMode is EksAuthenticationMode.ConfigMap)
        {
            new AwsAuthMapping(
                $"{name}-mapping",
                new AwsAuthMappingArgs { PrincipalArn = PrincipalArn, Kind = MappedKind(args), UserName = args.Group.Text, Groups = Groups },
                new ComponentResourceOptions { Parent = this, Providers = { args.Cluster.Provider } });
            return;
        }

        new AccessEntry(
            $"{name}-entry",
            new AccessEntryArgs { ClusterName = args.Cluster.Name, PrincipalArn = PrincipalArn, Type = "STANDARD", KubernetesGroups = { args.Group.Text } },
            new CustomResourceOptions { Parent = this });
    }

    private static IamPrincipalKind MappedKind(EksLauncherAccessArgs args) =>
        args.ExternalId is null ? IamPrincipal.Parse(args.PrincipalArn).Kind : IamPrincipalKind.Role;
}
