using System.Collections.Immutable;
using Infra.Charts;
using Infra.Manifests;
using Infra.Workbench;
using Stacks.Settings.Crossing;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>Pods that pull the images of sessions to nodes before the first session does.</summary>
public sealed record WorkbenchPrePullSettings : IChecked
{
    // Values of the chart that name other images of sessions.
    private static readonly ImmutableArray<string> ImageValues = ["session", "components", "versionOverride"];

    [Setting("Labels of the nodes.", Absent = "all Linux nodes", Example = "{ workload: sessions }")]
    [Entry(Form.KubernetesKey)]
    [Form(Form.KubernetesLabelValue)]
    public ImmutableSortedDictionary<string, string> NodeSelector { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    [Setting("Taints of nodes that they tolerate.")]
    public ImmutableArray<TolerationSettings> Tolerations { get; init; } = [];

    [Setting("Images besides those of the chart and of workbench.profiles. Each has a shell, as every image of a session.")]
    public ImmutableArray<ImageReference> Images { get; init; } = [];

    /// <summary>The same in the words of the component.</summary>
    internal WorkbenchPrePull PrePull(PlatformSettings platform) => new()
    {
        ChartImages = OwnChart(platform) is null,
        Images = [.. Images.Select(image => image.ToString())],
        NodeSelector = NodeSelector,
        Tolerations = [.. Tolerations.Select(toleration => new Toleration(toleration.Key, toleration.Value, toleration.Effect, toleration.Seconds))],
    };

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (OwnChart(platform) is not var (path, given))
        {
            yield break;
        }

        var named = Images.Length > 0
            || platform.Workbench?.Images.Session is not null
            || platform.Workbench?.Profiles.Values.Any(profile => profile.DefaultContainerImage is not null || !profile.ContainerImages.IsEmpty) == true;
        yield return named
            ? SettingsProblem.Warning(
                at,
                $"leaves out what the chart brings beside another {path.Key}, which is known of version {HelmCharts.PositWorkbench.Version} alone",
                "images that include the chart's own", "add the images of session and session-init to images, or remove the setting", given)
            : new(
                at, $"has nothing to pull: the images that the chart brings beside another {path.Key} are not known here", "one image or more in images",
                "add the images of session and session-init to images", given);
    }

    // What the stack file says of the chart that brings other images than the pinned one has; null for nothing.
    private static (SettingPath Path, string? Given)? OwnChart(PlatformSettings platform)
    {
        if (platform.Charts?.Releases.GetValueOrDefault(HelmCharts.PositWorkbench.Name) is not { } chart)
        {
            return null;
        }

        var at = At.Charts[nameof(ChartsSettings.Releases)].Entry(HelmCharts.PositWorkbench.Name);
        return chart.Version is { } version && version != HelmCharts.PositWorkbench.Version
            ? (at[nameof(ChartSettings.Version)], version)
            : ImageValues.FirstOrDefault(chart.Values.Root.ContainsKey) is { } key ? (at[nameof(ChartSettings.Values)].Entry(key), null) : null;
    }
}
