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
        if (shown.Count == 0)
        {
            return;
        }
        Line(terminal, toError, new StyledText("Diagnostics:", TextStyle.Strong));
        foreach (var group in shown.GroupBy(diagnostic => diagnostic.Urn))
        {
            if (group.Key is { } urn)
            {
                Line(terminal, toError, $"  {Terminal.OneLine(urn.Type)} ({Terminal.OneLine(urn.Name)}):");
            }
            foreach (var diagnostic in group)
            {
                var (prefix, style) = Prefix(diagnostic.Severity);
                foreach (var (text, first) in Text(diagnostic, verbose).Select((text, index) => (text, index == 0)))
                {
                    if (text.Length == 0)
                    {
                        Line(terminal, toError);
                    }
                    else
                    {
                        Line(terminal, toError, group.Key is null ? "  " : "    ", first ? new StyledText(prefix, style) : new string(' ', prefix.Length),
                            text);
                    }
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

    // An SDK reports an error that the engine answered with once more, and the runtime writes it to the error stream a third time, with its stack trace
    private static IEnumerable<Diagnostic> WithoutEchoes(IEnumerable<Diagnostic> diagnostics)
    {
        var errors = new List<string>();
        foreach (var diagnostic in diagnostics.Where(diagnostic => diagnostic.Severity != DiagnosticSeverity.Debug))
        {
            if (diagnostic.Severity == DiagnosticSeverity.InfoError && errors.Count > 0)
            {
                continue;
            }
            if (diagnostic.Severity == DiagnosticSeverity.Error)
            {
                if (errors.Exists(error => diagnostic.Message.Contains(error, StringComparison.Ordinal)))
                {
                    continue;
                }
                errors.Add(diagnostic.Message.Trim());
            }
            yield return diagnostic;
        }
    }

    private static (string Prefix, TextStyle Style) Prefix(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => ("error: ", TextStyle.Error),
        DiagnosticSeverity.Warning => ("warning: ", TextStyle.Warning),
        DiagnosticSeverity.Debug => ("debug: ", TextStyle.Faint),
        _ => ("", TextStyle.Plain),
    };

    private static void Line(Terminal terminal, bool toError, params ReadOnlySpan<StyledText> line)
    {
        if (toError)
        {
            terminal.WriteError(line);
        }
        else
        {
            terminal.Write(line);
        }
    }

    // .NET: "   at Stacks.Platform.Define() in Platform.cs:line 3", "   --- End of stack trace …"; Node: "    at main (/p/index.js:3:9)"
    [GeneratedRegex(@"^\s+(at [^\s(]+\(.*\)|at .*:\d+:\d+\)?( \{)?$|--- End of )", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Frame();
}

/// <summary>Writes why a command could not do what it was asked, and what to do about it.</summary>
public static class ErrorRenderer
{
    /// <summary>Writes what cannot be used, with the lines of files that it is about.</summary>
    /// <param name="terminal">Where to write.</param>
    /// <param name="error">What it is.</param>
    /// <param name="verbose">Whether the exception behind it is wanted.</param>
    public static void Write(Terminal terminal, BadInputException error, bool verbose)
    {
        foreach (var problem in error.Problems)
        {
            ProblemText.Write(terminal, problem);
        }
        Write(terminal, error.Problems.IsEmpty ? error.Message : "", error.Fix, verbose ? error.InnerException : null);
    }

    /// <summary>Writes one error.</summary>
    /// <param name="terminal">Where to write.</param>
    /// <param name="problem">What is wrong; each line is a problem of its own.</param>
    /// <param name="fix">What to do.</param>
    /// <param name="details">The exception behind it, where the operator asked for details.</param>
    public static void Write(Terminal terminal, string problem, string? fix, Exception? details)
    {
        foreach (var line in problem.Length == 0 ? [] : problem.Split('\n'))
        {
            terminal.WriteError(new StyledText("error: ", TextStyle.Error), line);
        }
        if (!string.IsNullOrWhiteSpace(fix))
        {
            terminal.WriteError(new StyledText("fix:   ", TextStyle.Strong), fix.TrimEnd());
        }
        if (details is not null)
        {
            terminal.WriteError(new StyledText(details.ToString(), TextStyle.Faint));
        }
    }
}
