using Infra.Iam;
using Pulumi;
using Pulumi.Aws.Eks;
using Pulumi.Aws.Eks.Inputs;
using Pulumi.Aws.Iam;

namespace Infra.Clusters;

/// <summary>EKS add-ons at pinned versions, each with the IAM role that it needs and no other.</summary>
public sealed class EksAddons : ComponentResource
{
    private const string Token = "platform:clusters:EksAddons";
    private const string SystemNamespace = "kube-system";

    public EksAddons(string name, EksAddonsArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        foreach (var addon in args.Addons)
        {
            Install($"{name}-{addon.Name}", addon, args);
        }

        RegisterOutputs();
    }

    private void Install(string name, EksAddon addon, EksAddonsArgs args)
    {
        var install = new AddonArgs
        {
            ClusterName = args.ClusterName,
            AddonName = addon.Name,
            AddonVersion = addon.Version,
            // Nothing was there before the add-on on a new cluster; what an operator tuned by hand since is not lost by an upgrade.
            ResolveConflictsOnCreate = "OVERWRITE",
            ResolveConflictsOnUpdate = "PRESERVE",
        };
        if (addon.Configuration is { } configuration)
        {
            install.ConfigurationValues = configuration;
        }

        var before = new List<Resource>();
        if (addon.ServiceAccount is { } account)
        {
            var role = MakeRole(name, addon, account, args, before);
            install.PodIdentityAssociations.Add(new AddonPodIdentityAssociationArgs { RoleArn = role.Arn, ServiceAccount = account });
        }

        // A controller that starts before its role may do anything crashes until it may.
        new Addon(name, install, new CustomResourceOptions { Parent = this, DependsOn = before });
    }

    private Role MakeRole(string name, EksAddon addon, string account, EksAddonsArgs args, List<Resource> permissions)
    {
        var role = new Role(
            $"{name}-role",
            new RoleArgs
            {
                AssumeRolePolicy = args.ClusterArn.Apply(arn => TrustPolicies.PodIdentity(arn, SystemNamespace, account).ToJson()),
                Description = $"EKS add-on {addon.Name}",
            },
            new CustomResourceOptions { Parent = this });
        if (addon.ManagedPolicy is { } managed)
        {
            permissions.Add(new RolePolicyAttachment(
                $"{name}-policy",
                new RolePolicyAttachmentArgs { Role = role.Name, PolicyArn = args.Account.Region.ManagedPolicy(managed) },
                new CustomResourceOptions { Parent = this }));
        }

        if (addon.UsesKey)
        {
            permissions.Add(new RolePolicy(
                $"{name}-encryption-policy",
                new RolePolicyArgs { Role = role.Name, Policy = args.KeyArn.Apply(arn => ClusterPolicies.VolumeEncryption(arn).ToJson()) },
                new CustomResourceOptions { Parent = this }));
        }

        return role;
    }
}
