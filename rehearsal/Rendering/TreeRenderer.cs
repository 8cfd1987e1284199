using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Wire;

namespace Rehearsal.Rendering;

/// <summary>Writes a plan as the tree of <c>pulumi preview</c>: operation, type, name.</summary>
public static class TreeRenderer
{
    /// <summary>Writes a plan.</summary>
    /// <param name="terminal">Where to write.</param>
    /// <param name="plan">The steps.</param>
    /// <param name="verbose">Whether to write every resource, also one that stays as it is, with its inputs below it.</param>
    /// <param name="diff">Whether to write what changes below each resource.</param>
    public static void Write(Terminal terminal, Plan plan, bool verbose, bool diff = false)
    {
        if (plan.Steps.IsEmpty)
        {
            return;
        }
        PlanStep[] all = [.. plan.Steps.Where(Shown)];
        var summary = verbose ? PlanSummary.Whole(all) : PlanSummary.Of(all, diff);
        var laid = PlanTree.Arrange([.. summary.Shown.Select(
            step => new PlanRow(step.Urn, step.Parent, step.Type, step.Operation, Note(step, summary.Below(step.Urn))))]);
        var layout = TreeLayout.Fit([.. laid.Select(line => (line.Branches, line.Row, Tail(line.Row)))], terminal.Width);
        terminal.Write(Heading(layout, "Plan"));
        var byRow = verbose || diff ? summary.Shown.DistinctBy(step => (step.Urn, step.Operation)).ToDictionary(step => (step.Urn, step.Operation)) : [];
        foreach (var ((_, below, row), written) in laid.Zip(layout.Rows))
        {
            terminal.Write(Line(layout, written));
            if (!byRow.TryGetValue((row.Urn, row.Operation), out var step))
            {
                continue;
            }
            foreach (var line in verbose
                ? PropertyText.Lines(PropertyMask.Mask((step.New ?? step.Old)?.Inputs ?? PropertyMap.Empty))
                .Select(line => new StyledText(line, TextStyle.Faint)) : DiffText.Lines(step))
            {
                terminal.Write($"{"",TreeLayout.SignWidth}{TreeLayout.Gap}{below}     ", line);
            }
        }
        if (summary.Created > 0)
        {
            terminal.Write(new StyledText($"`--verbose` shows every resource, and its inputs.", TextStyle.Faint));
        }
    }

    // Of a replacement people see one row: what makes the new resource and what deletes the old one belong to it
    private static bool Shown(PlanStep step)
        => step.IsLogical && step.Operation != Operation.Refresh || step is { Operation: Operation.Refresh, Found: not null };

    /// <summary>The names of the columns.</summary>
    internal static StyledText Heading(TreeLayout layout, string plan) => new(
        $"{"",TreeLayout.SignWidth}{TreeLayout.Gap}{"Type".PadRight(layout.Types)}{TreeLayout.Gap}{"Name".PadRight(layout.Names)}{TreeLayout.Gap}{plan}",
        TextStyle.Strong);

    /// <summary>What stands in the last column.</summary>
    internal static string Tail(PlanRow row, string? word = null)
    {
        var plan = word ?? (row.Operation == Operation.Same ? "" : row.Operation.PulumiName());
        return row.Note.Length == 0 ? plan : $"{plan}{(plan.Length == 0 ? "" : TreeLayout.Gap)}{row.Note}";
    }

    internal static StyledText[] Line(TreeLayout layout, TreeRow row)
    {
        var style = OperationStyle.Style(row.Row.Operation);
        return
        [
            new StyledText(OperationStyle.Sign(row.Row.Operation).PadLeft(TreeLayout.SignWidth - 1).PadRight(TreeLayout.SignWidth), style),
            $"{TreeLayout.Gap}{row.Branches}{CellText.Padded(row.Type, layout.Types - row.Branches.Length)}{TreeLayout.Gap}",
            row.Tail.Length == 0 ? row.Name : CellText.Padded(row.Name, layout.Names) + TreeLayout.Gap,
            new StyledText(row.Tail, style),
        ];
    }

    private static string Note(PlanStep step, string below)
    {
        var reasons = step.ReplaceReasons.IsEmpty ? step.DiffReasons : step.ReplaceReasons;
        var parts = new List<string>();
        if (!reasons.IsEmpty)
        {
            parts.Add(Terminal.OneLine($"[{string.Join(", ", reasons)}]"));
        }
        if (Restarts.Of(step) is { } restart)
        {
            parts.Add($"({restart})");
        }
        if ((step.New ?? step.Old) is { Protect: true })
        {
            parts.Add("protected");
        }
        if ((step.New ?? step.Old) is { RetainOnDelete: true })
        {
            parts.Add("retained on delete");
        }
        if (below.Length > 0)
        {
            parts.Add(below);
        }
        return string.Join(' ', parts);
    }
}

/// <summary>Puts the resources of a plan below their parents.</summary>
public static class PlanTree
{
    /// <summary>Steps in the order of the tree, siblings by URN; the steps of one resource stay in theirs.</summary>
    public static IReadOnlyList<PlanStep> Order(IReadOnlyList<PlanStep> steps)
    {
        var byUrn = steps.ToLookup(step => step.Urn);
        var rows = byUrn.OrderBy(own => own.Key.Value, StringComparer.Ordinal)
            .Select(own => new PlanRow(own.Key, own.First().Parent, own.First().Type, own.First().Operation)).ToArray();
        return [.. Arrange(rows).SelectMany(line => byUrn[line.Row.Urn])];
    }

    /// <summary>The rows in the order of the tree, each with the branches that lead to it; a row whose parent is not among them is a root.</summary>
    public static IReadOnlyList<(string Branches, string Below, PlanRow Row)> Arrange(IReadOnlyList<PlanRow> rows)
    {
        var known = new HashSet<Urn>(rows.Select(row => row.Urn));
        var children = rows.Where(row => row.Parent is not null && known.Contains(row.Parent) && row.Parent != row.Urn).ToLookup(row => row.Parent!);
        var laid = new List<(string, string, PlanRow)>(rows.Count);
        var open = new Stack<(string Branches, string Below, PlanRow Row)>();
        var seen = new HashSet<Urn>();
        foreach (var root in rows.Where(row => row.Parent is null || !known.Contains(row.Parent) || row.Parent == row.Urn).Reverse())
        {
            open.Push(("", "", root));
        }
        while (open.TryPop(out var next))
        {
            laid.Add(next);
            // A replacement has several rows of one URN: its children hang below the first
            if (!seen.Add(next.Row.Urn))
            {
                continue;
            }
            var below = children[next.Row.Urn].ToArray();
            for (var i = below.Length - 1; i >= 0; i--)
            {
                var last = i == below.Length - 1;
                open.Push((next.Below + (last ? "└─ " : "├─ "), next.Below + (last ? "   " : "│  "), below[i]));
            }
        }
        return laid;
    }
}

/// <summary>One resource of a plan as the tree shows it.</summary>
/// <param name="Urn">Its URN.</param>
/// <param name="Parent">The resource that it belongs to.</param>
/// <param name="Type">Its type token.</param>
/// <param name="Operation">What happens to it.</param>
/// <param name="Note">What else there is to say, for example why it is replaced.</param>
public sealed record PlanRow(Urn Urn, Urn? Parent, string Type, Operation Operation, string Note = "");

/// <summary>How Pulumi marks what happens to a resource.</summary>
internal static class OperationStyle
{
    public static string Sign(Operation operation) => operation switch
    {
        Operation.Same => " ",
        Operation.Create => "+",
        Operation.Update => "~",
        Operation.Delete => "-",
        Operation.Replace => "+-",
        Operation.CreateReplacement => "++",
        Operation.DeleteReplaced => "--",
        Operation.Read => ">",
        Operation.ReadReplacement => ">>",
        Operation.Refresh => "~",
        Operation.Discard or Operation.DiscardReplaced or Operation.RemovePendingReplace => "<",
        Operation.Import => "=",
        _ => "=>",
    };

    public static TextStyle Style(Operation operation) => operation switch
    {
        Operation.Same => TextStyle.Plain,
        Operation.Create or Operation.CreateReplacement or Operation.Import or Operation.ImportReplacement => TextStyle.Created,
        Operation.Update or Operation.Refresh => TextStyle.Updated,
        Operation.Delete or Operation.DeleteReplaced or Operation.Discard or Operation.DiscardReplaced or Operation.RemovePendingReplace => TextStyle.Deleted,
        Operation.Replace => TextStyle.Replaced,
        _ => TextStyle.Read,
    };

    /// <summary>The summary's words: <c>3 to create</c>, <c>40 unchanged</c>.</summary>
    public static string Count(Operation operation, int count)
        => operation == Operation.Same ? $"{count} unchanged" : $"{Sign(operation)} {count} to {operation.PulumiName()}";
}
