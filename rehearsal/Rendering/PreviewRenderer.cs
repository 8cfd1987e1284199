using System.Globalization;
using Rehearsal.Events;
using Rehearsal.Planning;
using Rehearsal.Wire;

namespace Rehearsal.Rendering;

/// <summary>Writes the result of a preview for people.</summary>
public static class PreviewRenderer
{
    /// <summary>Writes a result.</summary>
    /// <param name="terminal">Where to write.</param>
    /// <param name="result">What came of it.</param>
    /// <param name="verbose">Whether to write the inputs of every resource.</param>
    /// <param name="diff">Whether to write what changes, property by property.</param>
    /// <param name="kind">What was rehearsed.</param>
    public static void Write(Terminal terminal, RehearsalResult result, bool verbose, bool diff = false, OperationKind kind = OperationKind.Preview)
    {
        // A program that fails at once may end before or after the stack itself is registered: alone it says nothing
        if (result.Outcome == RehearsalOutcome.Succeeded || result.Plan.Steps.Length > 1)
        {
            TreeRenderer.Write(terminal, result.Plan, verbose, diff);
            if (!result.Plan.Steps.IsEmpty)
            {
                terminal.Write();
            }
        }
        if (result.Outcome != RehearsalOutcome.Succeeded)
        {
            WriteFailure(terminal, result, verbose, kind);
            return;
        }
        DiagnosticRenderer.Write(terminal, result.Diagnostics, verbose);
        Outputs(terminal, result.Outputs);
        var counts = result.Plan.Changes.OrderBy(change => change.Key == Operation.Same).Select(change => OperationStyle.Count(change.Key, change.Value))
            .ToArray();
        terminal.Write(
            new StyledText("Resources: ", TextStyle.Strong), counts.Length == 0 ? "none" : string.Join(", ", counts),
            new StyledText($" ({Seconds(result.Duration)})", TextStyle.Faint));
    }

    /// <summary>Writes to the error stream why there is no plan.</summary>
    public static void WriteFailure(Terminal terminal, RehearsalResult result, bool verbose, OperationKind kind = OperationKind.Preview)
    {
        DiagnosticRenderer.Write(terminal, result.Diagnostics, verbose, toError: true);
        var errors = DiagnosticRenderer.Shown(result.Diagnostics, verbose).Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        var (what, changed) = kind == OperationKind.Preview ? ("preview", "nothing was changed")
            : ($"rehearsed {kind.ToString().ToLower(CultureInfo.InvariantCulture)}", "what was done until then is in the rehearsed state");
        var reason = result.Outcome switch
        {
            RehearsalOutcome.Cancelled => $"The {what} was cancelled.",
            RehearsalOutcome.EngineFailed => $"The rehearsal engine failed; {changed}.",
            _ => $"The {what} failed{(errors == 0 ? "" : $" with {errors} error{(errors == 1 ? "" : "s")}")}; {changed}.",
        };
        terminal.WriteError(new StyledText(reason, TextStyle.Error), new StyledText($" ({Seconds(result.Duration)})", TextStyle.Faint));
    }

    private static void Outputs(Terminal terminal, PropertyMap outputs)
    {
        if (outputs.Count == 0)
        {
            return;
        }
        terminal.Write(new StyledText("Outputs:", TextStyle.Strong));
        foreach (var line in PropertyText.Lines(PropertyMask.Mask(outputs), indent: 4))
        {
            terminal.Write(line);
        }
        terminal.Write();
    }

    private static string Seconds(TimeSpan duration) => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.00} s");
}
