using System.Collections.Immutable;
using Infra.Charts;
using Infra.Versions;
using Pulumi;

namespace Infra.Workbench;

/// <summary>A version of the chart after which something has to be done, or is no longer as it was.</summary>
/// <param name="Version">First version with the change.</param>
/// <param name="Text">What changes, and what to do.</param>
/// <param name="Matters">Whether it concerns a stack.</param>
public sealed record WorkbenchUpgradeNote(SemanticVersion Version, string Text, Func<WorkbenchPlan, ChartOptions, bool> Matters);

/// <summary>What lies between two versions of the chart, told where an update is about to go from one to the other.</summary>
/// <remarks>
/// Only the engine knows which version runs, so that a hook of the release tells: in previews, too, of Pulumi's engine and of the embedded one. Changes:
/// rstudio/helm, charts/rstudio-workbench/NEWS.md up to 0.22.0 (read 2026-11-26).
/// </remarks>
public static class WorkbenchUpgrade
{
    /// <summary>The newest version whose changes are known here: whoever raises the pin reads on in NEWS.md.</summary>
    public static readonly SemanticVersion Known = SemanticVersion.Parse("0.22.0");

    /// <summary>Everything that a stack may have to know, the oldest first.</summary>
    public static ImmutableArray<WorkbenchUpgradeNote> Notes { get; } =
    [
        Note("0.5.0", "supervisord starts the server: a container ends as soon as one of its programs does. Your values command and args have to follow.",
            (_, chart) => Says(chart, "command", "args")),
        Note("0.6.0", "sessions mount the home directories by themselves: take them out of config.serverDcf.launcher-mounts.",
            (_, chart) => Says(chart, "config.serverDcf")),
        Note("0.7.0", "the Service is of type ClusterIP and no longer NodePort: what came in by the port of a node has to come by workbench.ingress."),
        Note("0.8.0", "metrics are at port 8989 of the server itself and no longer at 9108 of a sidecar: change what scrapes them, and its dashboards."),
        Note("0.9.0", "sessions are made from templates, and job-json-overrides end the update with an error: write them as launcher.templateValues.",
            (_, chart) => Mentions(chart, "job-json-overrides") || Says(chart, "jobJsonOverridesFiles", "launcher.useTemplates")),
        Note("0.11.0", "an init container brings Workbench's part into sessions: images that hold it need workbench.images.sessionComponents: false.",
            (plan, _) => plan.Images is { Session: not null, SessionComponents: true } || HasImages(plan)),
        Note("0.11.2", "three old ReplicaSets are kept instead of ten."),
        Note("0.20.0", "images are posit/workbench, posit/workbench-session and posit/workbench-session-init, and tagPrefix ends the update with an error: "
            + "copy them to your registry first, the last one under the version alone as its tag.",
            (plan, chart) => chart.ImageRegistry is not null || Mentions(chart, "tagPrefix") || plan.Images.SessionInit is not null),
        Note("0.20.0", "the images are Ubuntu 24.04: R packages in home directories that were built on 22.04 have to be installed again.",
            (plan, _) => plan.Images is { System: WorkbenchSystem.Ubuntu2404, Session: null }),
        Note("0.20.4", "pods of sessions no longer have the annotation stdin: what reads it finds nothing."),
        Note("0.21.0", "volumes get the group 999 (fsGroup). A driver whose fsGroupPolicy is File, as Filestore's, changes the group of every file once, so "
            + "that the first start takes long with large home directories."),
        Note("0.21.1", "the sidecar chronicleAgent is deprecated: Chronicle is part of the server.", (_, chart) => Says(chart, "chronicleAgent")),
        Note("0.21.3", "SSSD reads its file again, which it refused since 0.21.0.", (plan, _) => plan.SignIn is WorkbenchSignIn.Sssd),
        Note("0.21.5", "containers of sessions get the Linux capabilities that the launcher asks for: a policy of the cluster that refuses them keeps sessions "
            + "from starting."),
        Note("0.22.0", "chronicle.localConfig writes the file chronicle-local.gcfg: move what you have of it in config.server there.",
            (_, chart) => Mentions(chart, "chronicle")),
    ];

    /// <summary>The steps between two versions that matter for a stack; none where one of them is no version.</summary>
    public static ImmutableArray<string> Between(string from, string to, WorkbenchPlan plan, ChartOptions chart)
    {
        if (!SemanticVersion.TryParse(from, out var old) || !SemanticVersion.TryParse(to, out var next) || old == next)
        {
            return [];
        }

        var (low, high) = old < next ? (old, next) : (next, old);
        var isBack = next < old;
        IEnumerable<string> steps =
        [
            .. Notes.Where(note => note.Version > low && note.Version <= high && note.Matters(plan, chart))
                .Select(note => isBack ? $"{note.Version}, which goes back: {note.Text}" : $"{note.Version}: {note.Text}"),
            .. high > Known ? [$"what came after {Known} is not known here: read NEWS.md of the chart from there to {high}."] : Array.Empty<string>(),
            .. isBack
                ? ["the server goes back as well: have the backup of its database from before at hand (administration guide, \"Backup Guide\")."]
                : Array.Empty<string>(),
        ];
        return [.. steps];
    }

    /// <summary>The hook that tells them.</summary>
    internal static ResourceHook Hook(string name, WorkbenchPlan plan, ChartOptions chart) => new(
        $"{name}-upgrade",
        (args, _) =>
        {
            if (args is { OldInputs: { } old, NewInputs: { } next }
                && old.GetValueOrDefault("version") is string from && next.GetValueOrDefault("version") is string to
                && Between(from, to, plan, chart) is { IsEmpty: false } steps)
            {
                Log.Warn($"Chart {HelmCharts.PositWorkbench.Name} goes from {from} to {to}:\n{string.Join('\n', steps.Select(step => $"- {step}"))}");
            }

            return Task.CompletedTask;
        },
        new ResourceHookOptions { OnDryRun = true, IgnoreErrors = true });

    private static WorkbenchUpgradeNote Note(string version, string text, Func<WorkbenchPlan, ChartOptions, bool>? matters = null) =>
        new(SemanticVersion.Parse(version), text, matters ?? ((_, _) => true));

    private static bool HasImages(WorkbenchPlan plan) => plan.Images.SessionComponents
        && plan.Profiles.Values.Any(profile => profile.DefaultContainerImage is not null || !profile.ContainerImages.IsEmpty);

    private static bool Says(ChartOptions chart, params ReadOnlySpan<string> paths)
    {
        foreach (var path in paths)
        {
            if (chart.Values.Leaves.Any(leaf => ValueTree.Overlaps(leaf.Path, path)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Mentions(ChartOptions chart, string word) => chart.Values.Text.Contains(word, StringComparison.Ordinal);
}
