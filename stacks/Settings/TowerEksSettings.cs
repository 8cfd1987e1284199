using System.Collections.Immutable;
using Infra.Clusters;
using Infra.Iam;
using Infra.Tower;
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

    [Setting("How the cluster learns who the principal is: accessEntry, awsAuth, or both during a move from the config map to access entries.", Absent = "accessEntry; awsAuth where authenticationMode is configMap", Example = "[accessEntry, awsAuth]")]
    public ImmutableArray<EksAccessMethod> Access { get; init; } = [];

    /// <summary>The ways in effect.</summary>
    public ImmutableArray<EksAccessMethod> WaysIn(ClusterSettings cluster) =>
        !Access.IsEmpty ? Access : ModeOf(cluster) is EksAuthenticationMode.ConfigMap ? [EksAccessMethod.AwsAuth] : [EksAccessMethod.AccessEntry];

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (platform.Cluster is { Eks: null, AdoptedEks: null })
        {
            yield return new(at, "is given for a cluster that is not described as EKS", "a cluster of the kind eks or adoptedEks", "describe the cluster as adoptedEks, or remove eks");
        }

        if (platform.Cluster is { } cluster && Refused(ModeOf(cluster)) is { } refused)
        {
            yield return new(at[nameof(Access)], refused.What, refused.Allowed, $"access: [{refused.Allowed}]", $"[{string.Join(", ", Access.Select(way => SettingPath.KeyOf($"{way}")))}]");
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

    private static EksAuthenticationMode ModeOf(ClusterSettings cluster) => cluster switch
    {
        { AdoptedEks: { } adopted } => adopted.AuthenticationMode,
        { Eks.AwsAuthConfigMap: true } => EksAuthenticationMode.ApiAndConfigMap,
        _ => EksAuthenticationMode.Api,
    };

    private (string What, string Allowed)? Refused(EksAuthenticationMode mode) => mode switch
    {
        EksAuthenticationMode.Api when Access.Contains(EksAccessMethod.AwsAuth) =>
            ("names awsAuth, and the cluster lets in by access entries only", "accessEntry"),
        EksAuthenticationMode.ConfigMap when Access.Contains(EksAccessMethod.AccessEntry) =>
            ("names accessEntry, and the cluster lets in by aws-auth only", "awsAuth"),
        _ => null,
    };
}
