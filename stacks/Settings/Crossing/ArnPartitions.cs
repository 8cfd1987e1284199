using System.Collections.Immutable;

namespace Stacks.Settings.Crossing;

/// <summary>The partition in an ARN is that of the region: AWS GovCloud has accounts, users, roles and certificates of its own.</summary>
internal static class ArnPartitions
{
    public static IEnumerable<SettingsProblem> Check(PlatformSettings settings)
    {
        if (settings.Aws is not { } aws)
        {
            return [];
        }

        var prefix = $"arn:{aws.Region.Partition}:";
        return Given(settings).Where(given => !given.Arn.StartsWith(prefix, StringComparison.Ordinal)).Select(given => new SettingsProblem(
            given.At, $"is in another partition of AWS than the region, {aws.Region}, where nothing can name it", $"an ARN that starts with {prefix}",
            "name what stands in this partition, or another platform:aws.region", given.Arn));
    }

    private static IEnumerable<(SettingPath At, string Arn)> Given(PlatformSettings settings) =>
        [.. OfAccount(settings), .. OfCluster(settings), .. OfTower(settings), .. OfDomain(settings)];

    private static IEnumerable<(SettingPath At, string Arn)> OfAccount(PlatformSettings settings) => settings.Aws?.Roles.PermissionsBoundary is { } boundary
        ? [(At.Aws[nameof(AwsSettings.Roles)][nameof(AwsRoleSettings.PermissionsBoundary)], boundary)]
        : [];

    private static IEnumerable<(SettingPath At, string Arn)> OfCluster(PlatformSettings settings)
    {
        var (kind, role, administrators) = settings.Cluster switch
        {
            EksClusterSettings made => ("eks", made.KubernetesRole, made.Administrators),
            AdoptedEksSettings adopted => ("adoptedEks", adopted.KubernetesRole, []),
            _ => ("", null, ImmutableArray<Infra.Iam.IamPrincipal>.Empty),
        };
        var at = At.Cluster[kind];
        return
        [
            .. role is null ? [] : new[] { (at[nameof(EksClusterSettings.KubernetesRole)], role.Arn) },
            .. administrators.Select((principal, index) => (at[nameof(EksClusterSettings.Administrators)][index], principal.Arn)),
        ];
    }

    private static IEnumerable<(SettingPath At, string Arn)> OfTower(PlatformSettings settings) =>
        settings.Tower?.Eks is { } access ? [(At.Tower["eks"]["principal"], access.Principal.Arn)] : [];

    private static IEnumerable<(SettingPath At, string Arn)> OfDomain(PlatformSettings settings) =>
        [
            .. settings.Dns is Route53Settings { Certificate: { } certificate }
                ? new[] { (At.Dns["route53"]["certificate"]["arn"], certificate.Arn.Text) }
                : [],
            .. settings.Workbench?.Ingress is AlbWorkbenchSettings { Acm: { } ofWorkbench }
                ? new[] { (At.WorkbenchIngress["alb"]["acm"]["arn"], ofWorkbench.Arn.Text) }
                : [],
            .. EdgeRules.WebAcls(settings).Select(given => (given.At, given.Arn.Text)),
        ];
}
