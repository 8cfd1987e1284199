using System.Collections.Immutable;
using Infra.Charts;

namespace Stacks.Settings.Crossing;

/// <summary>Namespaces that belong to one part already, and cannot be those of another.</summary>
internal static class NamespaceOwners
{
    // Reserved names are in the form of every namespace (default, kube-…). These are made by the clouds and by the vendors' own installations:
    // GKE documentation, "Namespaces managed by GKE"; EKS user guide, "Amazon CloudWatch Observability add-on", "AWS Fargate logging", "GuardDuty agent";
    // cert-manager, external-dns, Traefik and ingress-nginx install into the namespace of their name.
    private static readonly ImmutableDictionary<string, string> Others = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["amazon-cloudwatch"] = "the observability add-on of EKS",
        ["amazon-guardduty"] = "GuardDuty",
        ["aws-observability"] = "the logging of Fargate",
        ["cert-manager"] = "cert-manager",
        ["external-dns"] = "external-dns",
        ["gmp-public"] = "Managed Prometheus of GKE",
        ["gmp-system"] = "Managed Prometheus of GKE",
        ["ingress-nginx"] = "ingress-nginx",
        ["traefik"] = "Traefik",
    }.ToImmutableDictionary(StringComparer.Ordinal);

    public static IEnumerable<SettingsProblem> Check(PlatformSettings settings)
    {
        var workbench = settings.Workbench is null ? null : HelmCharts.PositWorkbench.Namespace;
        var platform = settings.Studios?.Platform.Namespace.Text;
        if (platform is not null && (platform == workbench ? "Workbench" : Owner(platform)) is { } owner)
        {
            yield return new(
                At.Platform[nameof(StudiosPlatformSettings.Namespace)], $"belongs to {owner}", "the namespace of the Platform",
                "kubectl get deployment --all-namespaces shows where the Platform's backend runs", platform);
        }

        foreach (var (name, environment) in settings.Tower?.Environments ?? ImmutableSortedDictionary<string, TowerEnvironmentSettings>.Empty)
        {
            var text = environment.Namespace.Text;
            var taken = text == platform ? "is the namespace of the Platform and Studios, whose Secrets the runs could read"
                : text == workbench ? "belongs to Workbench, whose Secrets and home directories the runs could read" : Taken(text);
            if (taken is not null)
            {
                yield return new(
                    At.Environment(name)[nameof(environment.Namespace)], taken, "a namespace of its own for each environment",
                    $"for example namespace: tower-{name}", text);
            }
        }
    }

    /// <summary>Namespaces of other parts of the stack, each with whose it is.</summary>
    internal static ImmutableSortedDictionary<string, string> Names(PlatformSettings settings) =>
        (settings.Tower?.Environments ?? ImmutableSortedDictionary<string, TowerEnvironmentSettings>.Empty)
        .Select(environment => (environment.Value.Namespace.Text, Owner: $"{At.Environment(environment.Key)}"))
        .Concat(settings.Studios is { } studios ? [(studios.Platform.Namespace.Text, Owner: "the Platform and Studios")] : [])
        .Concat(settings.Workbench is null ? [] : [(HelmCharts.PositWorkbench.Namespace, Owner: "Workbench")])
        .DistinctBy(entry => entry.Item1)
        .ToImmutableSortedDictionary(entry => entry.Item1, entry => entry.Owner, StringComparer.Ordinal);

    private static string? Taken(string name) => Owner(name) is { } owner ? $"belongs to {owner}" : null;

    /// <summary>Who has a namespace of this name in other people's clusters; null for nobody.</summary>
    internal static string? Owner(string name) => name.StartsWith("gke-managed-", StringComparison.Ordinal) ? "GKE" : Others.GetValueOrDefault(name);
}
