using Infra.Accounts;
using Pulumi;
using Pulumi.Aws.Iam;

namespace Infra.Iam;

/// <summary>The one way in which roles are made: each stands where the account wants it, and none may do more than the account allows.</summary>
public static class AccountRole
{
    /// <summary>Makes a role.</summary>
    /// <param name="name">Logical name.</param>
    /// <param name="account">Account with the path and the permissions boundary of its roles.</param>
    /// <param name="trust">Who may assume it, as JSON.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="parent">Component it belongs to.</param>
    public static Role Make(string name, AwsAccount account, Input<string> trust, string description, Resource parent)
    {
        var role = new RoleArgs { AssumeRolePolicy = trust, Description = description };
        if (account.Roles.Path is { } path)
        {
            role.Path = path;
        }

        if (account.Roles.PermissionsBoundaryArn is { } boundary)
        {
            role.PermissionsBoundary = boundary;
        }

        return new Role(name, role, new CustomResourceOptions { Parent = parent });
    }
}
