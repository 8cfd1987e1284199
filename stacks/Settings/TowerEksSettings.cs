using Infra.Iam;
using Infra.Manifests;
using Stacks.Settings.Declaring;
using Stacks.Settings.Problems;
using Stacks.Settings.Rules;

namespace Stacks.Settings;

/// <summary>How the Platform's AWS credentials launch pipelines on an EKS cluster.</summary>
[Needs(nameof(PlatformSettings.Aws))]
public sealed record TowerEksSettings : IChecked
{
    [Setting("IAM user or role of the Platform's credentials.", Example = "arn:aws:iam::123456789012:user/seqera-platform")]
    [IamPrincipalArn]
    public required string Principal { get; init; }

    [Setting("Make a role that the principal assumes with this external id; the Platform shows the id in its credentials form.", Absent = "the principal is admitted itself", Example = "seqera-4f2a")]
    [Length(2, 1224)]
    public string? ExternalId { get; init; }

    [Setting("Give the principal the permissions that the Platform needs. False where IAM belongs to others.")]
    public bool GrantPermissions { get; init; } = true;

    [Setting("RBAC group of the principal.")]
    public KubernetesName Group { get; init; } = KubernetesName.Parse("tower-launchers");

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (platform.Cluster is { Eks: null, AdoptedEks: null })
        {
            yield return new(at, "is given for a cluster that is not described as EKS", "a cluster of the kind eks or adoptedEks", "describe the cluster as adoptedEks, or remove eks");
        }

        if (IamPrincipal.TryParse(Principal, out var principal) && platform.Cluster?.Eks?.Administrators.Contains(principal!.Arn) == true && ExternalId is null)
        {
            yield return new(
                at[nameof(Principal)],
                "administers the cluster already, and a principal has one access entry",
                "a principal of its own, or one that assumes a role",
                "give the Platform its own IAM user, or set externalId",
                Principal);
        }
    }
}
