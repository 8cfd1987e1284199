using System.Collections.Frozen;
using System.Globalization;
using Rehearsal.Comparing;
using Rehearsal.Graph;
using Rehearsal.Planning;

namespace Rehearsal.Rendering;

/// <summary>Writes a comparison as the tree of <c>pulumi preview --diff</c>: what changes below its component, property by property.</summary>
internal static class ComparisonText
{
    private const int Indent = 5;

    /// <summary>How much of one value a line shows.</summary>
    private const int LongestValue = 300;

    public static void Write(Terminal terminal, Comparison comparison)
    {
        terminal.Write(new StyledText($"{comparison.Old.Described} => {comparison.New.Described}", TextStyle.Strong));
        foreach (var note in comparison.Notes)
        {
            terminal.Write(new StyledText("note: ", TextStyle.Faint), note);
        }
        WriteChanges(terminal, comparison);
        terminal.Write(new StyledText("Resources: ", TextStyle.Strong), comparison.Summary());
    }

    private static void WriteChanges(Terminal terminal, Comparison comparison)
    {
        if (comparison.IsEmpty)
        {
            return;
        }
        var changes = comparison.Changes.ToFrozenDictionary(change => change.Urn);
        var laid = PlanTree.Arrange([.. Shown(comparison).Select(state => new PlanRow(state.Urn, state.Parent, state.Type,
            changes.TryGetValue(state.Urn, out var change) ? change.Kind.Operation() : Operation.Same, change is null ? "" : Note(change)))]);
        var layout = TreeLayout.Fit([.. laid.Select(
            line => (line.Branches, line.Row, TreeRenderer.Tail(line.Row, changes.TryGetValue(line.Row.Urn, out var change) ? change.Kind.Word() : null)))],
            terminal.Width);
        terminal.Write(TreeRenderer.Heading(layout, "Change"));
        foreach (var ((_, below, row), written) in laid.Zip(layout.Rows))
        {
            terminal.Write(TreeRenderer.Line(layout, written));
            var change = changes.GetValueOrDefault(row.Urn);
            foreach (var line in change is null ? [] : change.Properties.SelectMany(Lines))
            {
                terminal.Write($"{"",Indent}{below}     ", line);
            }
        }
    }

    // What changes, and the components above it, so that it stands where people look for it
    private static IEnumerable<ResourceState> Shown(Comparison comparison)
    {
        var byUrn = comparison.All.ToFrozenDictionary(state => state.Urn);
        var shown = new HashSet<Urn>();
        foreach (var change in comparison.Changes)
        {
            for (var state = change.State; state is not null && shown.Add(state.Urn);)
            {
                state = state.Parent is { } parent ? byUrn.GetValueOrDefault(parent) : null;
            }
        }
        return comparison.All.Where(state => shown.Contains(state.Urn));
    }

    private static string Note(ResourceChange change)
    {
        var parts = new List<string>();
        if (!change.Reasons.IsEmpty)
        {
            parts.Add($"[{string.Join(", ", change.Reasons)}]");
        }
        if (change.Moved is { } moved)
        {
            parts.Add(moved);
        }
        if (change.Restarts is { } restart)
        {
            parts.Add($"({restart})");
        }
        if (change.State.Protect)
        {
            parts.Add("protected");
        }
        if (change is { Kind: ChangeKind.Delete, Old.RetainOnDelete: true })
        {
            parts.Add("retained on delete");
        }
        if (change.IsByProgram == true)
        {
            parts.Add("by the program");
        }
        return Terminal.OneLine(string.Join(' ', parts));
    }

    /// <summary>A property that differs, as lines with their signs.</summary>
    public static IEnumerable<StyledText> Lines(PropertyChange property)
    {
        var forces = property.Replaces ? "  (replaces)" : "";
        var (sign, style) = property.Kind switch
        {
            DifferenceKind.Add => ("+", TextStyle.Created),
            DifferenceKind.Delete => ("-", TextStyle.Deleted),
            _ => ("~", property.Replaces ? TextStyle.Replaced : TextStyle.Updated),
        };
        var head = $"{sign} {(property.IsOption ? "option " : "")}{Terminal.OneLine(property.Path)}:";
        if (property.Lines.IsEmpty)
        {
            yield return new StyledText($"{head} {Value(property)}{forces}", style);
            yield break;
        }
        yield return new StyledText($"{head}{forces}", style);
        foreach (var line in property.Lines)
        {
            yield return new StyledText($"    {Clipped(Terminal.OneLine(line))}", line[0] == '+' ? TextStyle.Created : TextStyle.Deleted);
        }
    }

    /// <summary>The value, or both of them with an arrow.</summary>
    public static string Value(PropertyChange property) => (property.Old, property.New) switch
    {
        ({ } old, null) => Clipped(old),
        (null, { } @new) => Clipped(@new),
        ({ } old, { } @new) => $"{Clipped(old)} => {Clipped(@new)}",
        _ => "",
    };

    /// <summary>A text that is not longer than people read.</summary>
    public static string Clipped(string text) => text.Length <= LongestValue ? text
        : string.Create(CultureInfo.InvariantCulture,
            $"{text[..(LongestValue - (char.IsHighSurrogate(text[LongestValue - 1]) ? 1 : 0))]}… ({text.Length} characters)");
}
