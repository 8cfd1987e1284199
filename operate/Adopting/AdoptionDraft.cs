using System.Collections.Immutable;

namespace Operate.Adopting;

/// <summary>The stack file that describes what was found.</summary>
/// <param name="Text">Text of the stack file.</param>
/// <param name="Notes">What a reader has to know besides, a sentence each.</param>
/// <param name="IsEmpty">Whether nothing was found that this program can describe.</param>
public sealed record AdoptionDraft(string Text, ImmutableArray<string> Notes, bool IsEmpty)
{
    private const string WorkbenchChart = "rstudio-workbench";

    /// <summary>Writes it.</summary>
    /// <param name="name">The stack's name.</param>
    /// <param name="context">Context of the cluster.</param>
    /// <param name="namespaces">What is in the namespaces.</param>
    public static AdoptionDraft Write(string name, string context, IReadOnlyCollection<LiveNamespace> namespaces)
    {
        var (cluster, parts, notes) = (new DraftSettings(), new DraftSettings(), new List<string>());
        cluster.In("platform:cluster").In("existing").Set("context", context);
        var found = false;
        foreach (var live in namespaces)
        {
            found |= InstalledStudios.Describe(live, parts, notes);
            found |= InstalledTower.Describe(live, parts, notes);
            NoteWorkbench(live, notes);
            notes.AddRange(live.Unseen);
        }

        if (parts.Has("platform:tower"))
        {
            notes.Add("What the stack makes for compute environments beside the vendor's objects (the tasks' own account, network policies) is new: "
                + "docs/tower.md.");
        }

        var places = string.Join(", ", namespaces.Select(live => live.Name));
        var head = $"# What `./platform adopt {name}` found in {places} of the context {context}. Lines with {DraftSettings.Mark} wait for you.\nconfig:\n";
        return new(
            $"{head}{cluster.Text(2)}{parts.Text(2)}",
            [.. notes.Distinct(StringComparer.Ordinal)],
            !found);
    }

    // Its settings are in files inside of the release, and its licence and keys in Secrets: nobody could tell from outside whether a draft is whole
    private static void NoteWorkbench(LiveNamespace live, List<string> notes)
    {
        foreach (var workload in live.Workloads)
        {
            if (workload.Object.Metadata.Labels is { } labels && labels.TryGetValue("helm.sh/chart", out var chart)
                && chart.StartsWith($"{WorkbenchChart}-", StringComparison.Ordinal))
            {
                notes.Add($"{workload.Kind} {workload.Name} is Posit Workbench from the chart {chart}, which is not described: "
                    + "write platform:workbench (docs/workbench.md) and run adopt again with --keep, which finds the release.");
            }
        }
    }
}
