using System.Text.RegularExpressions;
using Rehearsal.Events;

namespace Rehearsal.Rendering;

/// <summary>Writes what the program and the engine had to say, grouped by resource.</summary>
public static partial class DiagnosticRenderer
{
    /// <summary>Writes all that is meant for people.</summary>
    /// <param name="terminal">Where to write.</param>
    /// <param name="diagnostics">In the order in which they came.</param>
    /// <param name="verbose">Whether stack traces and debug messages are wanted.</param>
    /// <param name="toError">Whether they go to the error stream, so that the output stays clean.</param>
    public static void Write(Terminal terminal, IEnumerable<Diagnostic> diagnostics, bool verbose, bool toError = false)
    {
        var shown = Shown(diagnostics, verbose);
        if (shown.Count == 0) return;
        Line(terminal, toError, new Span("Diagnostics:", Ink.Strong));
        foreach (var group in shown.GroupBy(diagnostic => diagnostic.Urn))
        {
            if (group.Key is { } urn) Line(terminal, toError, $"  {urn.Type} ({urn.Name}):");
            foreach (var diagnostic in group)
            {
                var (prefix, ink) = Prefix(diagnostic.Severity);
                foreach (var (text, first) in Text(diagnostic, verbose).Select((text, index) => (text, index == 0)))
                {
                    if (text.Length == 0) Line(terminal, toError);
                    else Line(terminal, toError, group.Key is null ? "  " : "    ", first ? new Span(prefix, ink) : new string(' ', prefix.Length), text);
                }
            }
        }

        Line(terminal, toError);
    }

    /// <summary>What is meant for people: without echoes and debug messages unless they are wanted.</summary>
    public static IReadOnlyList<Diagnostic> Shown(IEnumerable<Diagnostic> diagnostics, bool verbose) =>
        [.. (verbose ? diagnostics : WithoutEchoes(diagnostics)).Where(diagnostic => !diagnostic.Ephemeral)];

    /// <summary>The lines of a message, without the frames of a stack trace unless they are wanted.</summary>
    public static IEnumerable<string> Text(Diagnostic diagnostic, bool verbose)
    {
        var lines = diagnostic.Message.TrimEnd().Split('\n').Select(line => line.TrimEnd('\r'));
        return verbose ? lines : lines.Where(line => !Frame().IsMatch(line));
    }

    // an SDK reports an error that the engine answered with once more, and the runtime writes it to the error stream a third time, with its stack trace
    private static IEnumerable<Diagnostic> WithoutEchoes(IEnumerable<Diagnostic> diagnostics)
    {
        var errors = new List<string>();
        foreach (var diagnostic in diagnostics.Where(diagnostic => diagnostic.Severity != DiagnosticSeverity.Debug))
        {
            if (diagnostic.Severity == DiagnosticSeverity.InfoError && errors.Count > 0) continue;
            if (diagnostic.Severity == DiagnosticSeverity.Error)
            {
                if (errors.Exists(error => diagnostic.Message.Contains(error, StringComparison.Ordinal))) continue;
                errors.Add(diagnostic.Message.Trim());
            }

            yield return diagnostic;
        }
    }

    private static (string Prefix, Ink Ink) Prefix(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => ("error: ", Ink.Error),
        DiagnosticSeverity.Warning => ("warning: ", Ink.Warning),
        DiagnosticSeverity.Debug => ("debug: ", Ink.Faint),
        _ => ("", Ink.Plain),
    };

    private static void Line(Terminal terminal, bool toError, params ReadOnlySpan<Span> spans)
    {
        if (toError) terminal.WriteError(spans);
        else terminal.Write(spans);
    }

    // .NET: "   at Stacks.Platform.Define() in Platform.cs:line 3", "   --- End of stack trace …"; Node: "    at main (/p/index.js:3:9)"
    [GeneratedRegex(@"^\s+(at [^\s(]+\(.*\)|at .*:\d+:\d+\)?( \{)?$|--- End of )", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Frame();
}
