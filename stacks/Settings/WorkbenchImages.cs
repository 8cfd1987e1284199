using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Infra.Charts;
using Infra.Manifests;
using Infra.Versions;
using Infra.Workbench;
using Stacks.Settings.Crossing;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>The images of Workbench; those of a mirror follow from charts.imageRegistry.</summary>
public sealed partial record WorkbenchImageSettings
{
    [Setting("Ubuntu of the images, which R packages have to be built for.")]
    public WorkbenchSystem Os { get; init; } = WorkbenchImages.DefaultSystem;

    [Setting("Version of Workbench, for the server and what it brings into sessions.", Absent = "the chart's", Example = "2026.08.1")]
    [Form(Form.WorkbenchVersion)]
    public string? Version { get; init; }

    [Setting(
        "Image of the server, by tag, or by tag and digest.",
        Absent = "posit/workbench",
        Example = "registry.example.com/posit/workbench:2026.08.1-ubuntu-24.04")]
    public ImageReference? Server { get; init; }

    [Setting(
        "Image of sessions whose profile names none, by tag, or by tag and digest.",
        Absent = "posit/workbench-session",
        Example = "registry.example.com/research/session:2026.08")]
    public ImageReference? Session { get; init; }

    [Setting("Bring Workbench's part into sessions by an init container. False for images that hold it, as rstudio/r-session-complete.")]
    public bool SessionComponents { get; init; } = WorkbenchImages.DefaultSessionComponents;

    [Setting(
        "Image of that init container. Its tag is the version alone, without the operating system.",
        Absent = "posit/workbench-session-init",
        Example = "registry.example.com/posit/workbench-session-init:2026.08.1")]
    public ImageReference? SessionInit { get; init; }

    [Setting(
        "Image of the init container that brings ides.positronVersion.",
        Absent = "posit/workbench-positron-init with that version",
        Example = "registry.example.com/posit/workbench-positron-init:2026.08.0-10")]
    public ImageReference? PositronInit { get; init; }

    [Setting("Secrets of the namespace posit-workbench with which nodes pull all of them.", Absent = "none", Example = "[registry-credentials]")]
    [Form(Form.KubernetesSubdomain)]
    public ImmutableArray<string> PullSecrets { get; init; } = [];

    /// <summary>The same in the words of the component.</summary>
    internal WorkbenchImages Images => new()
    {
        PositronInit = PositronInit,
        PullSecrets = PullSecrets,
        Server = Server,
        Session = Session,
        SessionComponents = SessionComponents,
        SessionInit = SessionInit,
        System = Os,
        Version = Version,
    };

    internal IEnumerable<SettingsProblem> Check(WorkbenchSettings workbench, PlatformSettings platform, SettingPath at)
    {
        foreach (var (name, image) in new[] { (nameof(SessionInit), SessionInit), (nameof(PositronInit), PositronInit) })
        {
            if (image?.Digest is not null)
            {
                yield return new(
                    at[name], "has a digest, and Workbench itself puts the name and the tag of this image together", "registry/repository:tag",
                    $"write {image with { Digest = null }}", $"{image}");
            }
        }

        if (SessionInit is not null && !SessionComponents)
        {
            yield return new(
                at[nameof(SessionInit)], "is the image of an init container that sessionComponents: false leaves out", "absent",
                "remove it, or remove sessionComponents", $"{SessionInit}");
        }

        if (PositronInit is not null && workbench.Ides.PositronVersion is null)
        {
            yield return new(
                at[nameof(PositronInit)], "is used only where ides.positronVersion asks for another Positron than the server's",
                "given beside ides.positronVersion", "add ides.positronVersion, or remove it", $"{PositronInit}");
        }

        foreach (var (index, name) in PullSecrets.Index())
        {
            if (WorkbenchSecretRules.CheckThere(name, at[nameof(PullSecrets)][index], platform) is { } problem)
            {
                yield return problem;
            }
        }

        foreach (var warning in CheckVersions(platform, at))
        {
            yield return warning;
        }
    }

    // Server and session components talk to each other and are released together.
    private IEnumerable<SettingsProblem> CheckVersions(PlatformSettings platform, SettingPath at)
    {
        var pinned = platform.Charts?.Releases.GetValueOrDefault(HelmCharts.PositWorkbench.Name)?.Version is null ? WorkbenchImages.ChartVersion : null;
        var server = VersionIn(Server) ?? (Server is null ? Version ?? pinned : null);
        var components = VersionIn(SessionInit) ?? (SessionInit is null ? Version ?? pinned : null);
        if (SessionInit is { Tag: var tag } && tag.Contains("-ubuntu", StringComparison.Ordinal))
        {
            yield return SettingsProblem.Warning(
                at[nameof(SessionInit)], "has a tag with an operating system, and the publisher's image has none in its tags", "the version alone",
                $"tag: {components ?? "2026.08.1"}", $"{SessionInit}");
        }

        if (SessionComponents && server is not null && components is not null && server != components)
        {
            var here = Server is null ? at[nameof(SessionInit)] : at[nameof(Server)];
            yield return SettingsProblem.Warning(
                here, $"makes the server {server} and its part in sessions {components}", "one version for both",
                SessionInit is null ? $"images.version: {server}" : $"a sessionInit of {server}", $"{(Server is null ? SessionInit : Server)}");
        }
    }

    private static string? VersionIn(ImageReference? image) =>
        image is not null && LeadingVersion().Match(image.Tag) is { Success: true } match ? match.Groups["version"].Value : null;

    [GeneratedRegex(@"^(ubuntu2[0-9]04-)?(?<version>20[0-9]{2}\.[0-9]{2}\.[0-9]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LeadingVersion();
}

/// <summary>Which chart can do what a stack asks of Workbench, and what is said in two places.</summary>
internal static class WorkbenchChartRules
{
    public static IEnumerable<SettingsProblem> Check(WorkbenchSettings settings, PlatformSettings platform)
    {
        var chart = platform.Charts?.Releases.GetValueOrDefault(HelmCharts.PositWorkbench.Name);
        var here = At.Charts[nameof(ChartsSettings.Releases)].Entry(HelmCharts.PositWorkbench.Name);
        return
        [
            .. CheckVersion(settings, chart?.Version, here[nameof(ChartSettings.Version)]),
            .. CheckTwice(settings, chart?.Values, here[nameof(ChartSettings.Values)]),
        ];
    }

    private static IEnumerable<SettingsProblem> CheckVersion(WorkbenchSettings settings, string? given, SettingPath at)
    {
        if (!SemanticVersion.TryParse(given, out var version))
        {
            yield break;
        }

        if (version < WorkbenchValues.OldestChart)
        {
            yield return new(
                at, "is older than the images posit/*, which sessions and server are made of here, and spells some values in another way",
                $"{WorkbenchValues.OldestChart} or newer", $"version: {HelmCharts.PositWorkbench.Version}", given);
            yield break;
        }

        foreach (var (isAsked, oldest, what) in new[]
        {
            (settings.Rootless, WorkbenchValues.OldestRootless, "workbench.rootless"),
            (settings.SignIn is SssdSettings, WorkbenchValues.OldestSssd, "workbench.signIn.sssd"),
        })
        {
            if (isAsked && version < oldest)
            {
                yield return new(
                    at, $"is older than what {what} needs of the chart", $"{oldest} or newer", $"version: {HelmCharts.PositWorkbench.Version}", given);
            }
        }
    }

    // The stack's values would win without a word.
    private static IEnumerable<SettingsProblem> CheckTwice(WorkbenchSettings settings, ValueTree? values, SettingPath at)
    {
        var images = settings.Images;
        foreach (var (path, isGiven) in new[]
        {
            ("image", images.Server is not null || !images.PullSecrets.IsEmpty),
            ("session.image", images.Session is not null),
            ("components", images.SessionInit is not null || images.PositronInit is not null || settings.Ides.PositronVersion is not null),
            ("versionOverride", images.Version is not null),
        })
        {
            if (isGiven && values?.Leaves.FirstOrDefault(leaf => ValueTree.Overlaps(leaf.Path, path)) is { Path: { } twice })
            {
                yield return new(
                    twice.Split('.').Aggregate(at, (parent, part) => parent.Entry(part)), "decides about an image that workbench.images gives as well",
                    "workbench.images or charts", "remove it here");
            }
        }
    }
}
