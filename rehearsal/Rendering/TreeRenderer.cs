using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Wire;

namespace Rehearsal.Rendering;

/// <summary>Writes a plan as the tree of <c>pulumi preview</c>: operation, type, name.</summary>
public static class TreeRenderer
{
    private const int SignWidth = 3;
    private const string Gap = "  ";

    /// <summary>Writes a plan.</summary>
    /// <param name="terminal">Where to write.</param>
    /// <param name="plan">The steps.</param>
    /// <param name="verbose">Whether to write the inputs of every resource below it.</param>
    /// <param name="diff">Whether to write what changes below each resource.</param>
    public static void Write(Terminal terminal, Plan plan, bool verbose, bool diff = false)
    {
        if (plan.Steps.IsEmpty)
        {
            return;
        }
        var steps = plan.Steps.Where(Shown).ToArray();
        var laid = PlanTree.Arrange([.. steps.Select(step => new PlanRow(step.Urn, step.Parent, step.Type, step.Operation, Note(step)))]);
        var (types, names) = Widths(laid);
        terminal.Write(new StyledText($"{"",SignWidth}{Gap}{"Type".PadRight(types)}{Gap}{"Name".PadRight(names)}{Gap}Plan", TextStyle.Strong));
        var byRow = verbose || diff ? steps.DistinctBy(step => (step.Urn, step.Operation)).ToDictionary(step => (step.Urn, step.Operation)) : [];
        foreach (var (branches, below, row) in laid)
        {
            terminal.Write(Line(branches, row, types, names));
            if (!byRow.TryGetValue((row.Urn, row.Operation), out var step))
            {
                continue;
            }
            foreach (var line in verbose
                ? PropertyText.Lines(PropertyMask.Mask((step.New ?? step.Old)?.Inputs ?? PropertyMap.Empty))
                .Select(line => new StyledText(line, TextStyle.Faint)) : DiffText.Lines(step))
            {
                terminal.Write($"{"",SignWidth}{Gap}{below}     ", line);
            }
        }
    }

    // Of a replacement people see one row: what makes the new resource and what deletes the old one belong to it
    private static bool Shown(PlanStep step)
        => step.IsLogical && step.Operation != Operation.Refresh || step is { Operation: Operation.Refresh, Found: not null };

    internal static (int Types, int Names) Widths(IReadOnlyList<(string Branches, string Below, PlanRow Row)> laid) => (
        Math.Max("Type".Length, laid.Count == 0 ? 0 : laid.Max(line => line.Branches.Length + line.Row.Type.Length)),
        Math.Max("Name".Length, laid.Count == 0 ? 0 : laid.Max(line => line.Row.Urn.Name.Length)));

    internal static StyledText[] Line(string branches, PlanRow row, int types, int names, string? word = null)
    {
        var style = OperationStyle.Style(row.Operation);
        var plan = word ?? (row.Operation == Operation.Same ? "" : row.Operation.PulumiName());
        var tail = row.Note.Length == 0 ? plan : $"{plan}{Gap}{row.Note}";
        var name = Terminal.OneLine(row.Urn.Name);
        name = tail.Length == 0 ? name : name.PadRight(names) + Gap;
        return
        [
            new StyledText(OperationStyle.Sign(row.Operation).PadLeft(SignWidth - 1).PadRight(SignWidth), style),
            $"{Gap}{branches}{Terminal.OneLine(row.Type).PadRight(Math.Max(0, types - branches.Length))}{Gap}{name}",
            new StyledText(tail, style),
        ];
    }

    private static string Note(PlanStep step)
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
