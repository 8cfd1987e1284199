using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Infra.Charts;
using Infra.Manifests;
using k8s.Models;
using Stacks.Settings;
using Stacks.Settings.Crossing;
using Stacks.Wiring;

namespace Operate.Clusters;

/// <summary>A part of a stack in one namespace of the cluster, and how its objects are told from those of others.</summary>
/// <param name="Concept">The key of the stack file that deploys it: <c>studios</c>, <c>tower.environments.main</c>.</param>
/// <param name="Namespace">Its namespace.</param>
public sealed record StackPart(string Concept, string Namespace)
{
    private const string PartOfLabel = "app.kubernetes.io/part-of";
    private const string ChartLabel = "helm.sh/chart";

    // What every component of infra/ puts on its objects
    private static readonly string PartOf = new Labels("any", "any").All[PartOfLabel];

    /// <summary>Whether everything in the namespace belongs to it.</summary>
    public bool IsWhole { get; init; }

    /// <summary>The chart whose objects belong to it; null where none do.</summary>
    public string? Chart { get; init; }

    /// <summary>Objects of others that the stack changes: the Platform's Deployments.</summary>
    public ImmutableArray<string> Patched { get; init; } = [];

    /// <summary>Whether an object of the namespace, as the server has it, belongs to it.</summary>
    public bool Holds(JsonObject item)
    {
        var metadata = item["metadata"];
        return IsWhole
            || (Chart is not null && Label(ChartLabel)?.StartsWith($"{Chart}-", StringComparison.Ordinal) == true)
            || (Chart is null && Label(PartOfLabel) == PartOf)
            || Patched.Contains($"{metadata?["name"]}", StringComparer.Ordinal);

        string? Label(string key) => metadata?["labels"]?[key]?.GetValue<string>();
    }
}

/// <summary>Which namespaces of a cluster a stack has something in.</summary>
public static class StackParts
{
    /// <summary>The parts in the order of the settings; none for a stack without a cluster.</summary>
    public static ImmutableArray<StackPart> For(PlatformSettings settings)
    {
        if (settings.Cluster is null)
        {
            return [];
        }

        var parts = ImmutableArray.CreateBuilder<StackPart>();
        if (settings.Studios is { } studios)
        {
            var layout = StudiosPlatformWiring.Layout(studios.Platform);
            var isPatched = studios.Platform is { Install: not PlatformInstall.None, State: not PlatformState.Absent };
            parts.Add(new("studios", studios.Platform.Namespace.Text) { Patched = isPatched ? [layout.BackendDeployment, layout.CronDeployment] : [] });
        }
        else if (settings.Redis is InClusterRedisSettings { Namespace: { } alone })
        {
            parts.Add(new("redis", alone.Text));
        }

        if (settings.Workbench is not null)
        {
            parts.Add(new("workbench", HelmCharts.PositWorkbench.Namespace) { IsWhole = true });
        }

        foreach (var (name, environment) in settings.Tower?.Environments ?? ImmutableSortedDictionary<string, TowerEnvironmentSettings>.Empty)
        {
            parts.Add(new($"tower.environments.{name}", environment.Namespace.Text));
        }

        foreach (var (template, described) in settings.CodeStudios?.Templates ?? ImmutableSortedDictionary<string, CodeStudioTemplateSettings>.Empty)
        {
            foreach (var (name, studio) in described.Kubernetes?.Studios ?? ImmutableSortedDictionary<string, CodeStudioSettings>.Empty)
            {
                parts.Add(new($"codeStudios.{template}.{name}", studio.NamespaceIn(template, name).Text) { IsWhole = true });
            }
        }

        foreach (var chart in ClusterControllers.Installed(settings).Select(HelmCharts.Find).OfType<HelmChart>().Except([HelmCharts.PositWorkbench]))
        {
            parts.Add(new($"charts.{chart.Name}", chart.Namespace) { Chart = chart.Name });
        }

        return parts.ToImmutable();
    }
}
