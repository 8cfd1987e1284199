namespace Rehearsal.Rendering;

/// <summary>Writes why a command could not do what it was asked, and what to do about it.</summary>
public static class ErrorRenderer
{
    /// <summary>Writes one error.</summary>
    /// <param name="terminal">Where to write.</param>
    /// <param name="problem">What is wrong; each line is a problem of its own.</param>
    /// <param name="fix">What to do.</param>
    /// <param name="details">The exception behind it, where the operator asked for details.</param>
    public static void Write(Terminal terminal, string problem, string? fix, Exception? details)
    {
        foreach (var line in problem.Split('\n')) terminal.WriteError(new Span("error: ", Ink.Error), line);
        if (!string.IsNullOrWhiteSpace(fix)) terminal.WriteError(new Span("fix:   ", Ink.Strong), fix.TrimEnd());
        if (details is not null) terminal.WriteError(new Span(details.ToString(), Ink.Faint));
    }
}
