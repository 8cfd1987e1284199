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
    public static void Write(Terminal terminal, Plan plan, bool verbose)
    {
        if (plan.Steps.IsEmpty) return;
        var laid = PlanTree.Lay([.. plan.Steps.Select(step => new PlanRow(step.Urn, step.Parent, step.Type, step.Operation, Note(step)))]);
        var (types, names) = Widths(laid);
        terminal.Write(new Span($"{"",SignWidth}{Gap}{"Type".PadRight(types)}{Gap}{"Name".PadRight(names)}{Gap}Plan", Ink.Strong));
        var inputs = verbose ? plan.Steps.DistinctBy(step => (step.Urn, step.Operation)).ToDictionary(step => (step.Urn, step.Operation), step => (step.New ?? step.Old)?.Inputs ?? PropertyMap.Empty) : [];
        foreach (var (branches, below, row) in laid)
        {
            terminal.Write(Line(branches, row, types, names));
            if (!inputs.TryGetValue((row.Urn, row.Operation), out var properties)) continue;
            foreach (var line in PropertyText.Lines(PropertyMask.Mask(properties))) terminal.Write($"{"",SignWidth}{Gap}", new Span($"{below}     {line}", Ink.Faint));
        }
    }

    internal static (int Types, int Names) Widths(IReadOnlyList<(string Branches, string Below, PlanRow Row)> laid) => (
        Math.Max("Type".Length, laid.Count == 0 ? 0 : laid.Max(line => line.Branches.Length + line.Row.Type.Length)),
        Math.Max("Name".Length, laid.Count == 0 ? 0 : laid.Max(line => line.Row.Urn.Name.Length)));

    internal static Span[] Line(string branches, PlanRow row, int types, int names)
    {
        var ink = OperationStyle.InkOf(row.Operation);
        var plan = row.Operation == Operation.Same ? "" : row.Operation.PulumiName();
        var tail = row.Note.Length == 0 ? plan : $"{plan}{Gap}{row.Note}";
        var name = tail.Length == 0 ? row.Urn.Name : row.Urn.Name.PadRight(names) + Gap;
        return
        [
            new Span(OperationStyle.Sign(row.Operation).PadLeft(SignWidth - 1).PadRight(SignWidth), ink),
            $"{Gap}{branches}{row.Type.PadRight(Math.Max(0, types - branches.Length))}{Gap}{name}",
            new Span(tail, ink),
        ];
    }

    private static string Note(PlanStep step)
    {
        var reasons = step.ReplaceReasons.IsEmpty ? step.DiffReasons : step.ReplaceReasons;
        var parts = new List<string>();
        if (!reasons.IsEmpty) parts.Add($"[{string.Join(", ", reasons)}]");
        if ((step.New ?? step.Old) is { Protect: true }) parts.Add("protected");
        if ((step.New ?? step.Old) is { RetainOnDelete: true }) parts.Add("retained on delete");
        return string.Join(' ', parts);
    }
}
