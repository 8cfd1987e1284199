using Rehearsal.Auditing;

namespace Rehearsal.Rendering;

/// <summary>Writes an audit for people at a terminal: the comparison, then what is worth a second look, the gravest first.</summary>
internal static class AuditText
{
    private const int SeverityWidth = 10;

    public static void Write(Terminal terminal, Audit audit)
    {
        ComparisonText.Write(terminal, audit.Comparison);
        terminal.Write();
        terminal.Write(new StyledText("Findings: ", TextStyle.Strong), audit.Summary);
        foreach (var group in audit.Findings.GroupBy(finding => finding.Rule))
        {
            terminal.Write(
                new StyledText(group.Key.Severity.Word().PadRight(SeverityWidth), Style(group.Key.Severity)), new StyledText(group.Key.Title, TextStyle.Strong),
                new StyledText($" ({group.Key.Id})", TextStyle.Faint));
            terminal.Write($"{"",SeverityWidth}{group.Key.Reason}");
            foreach (var finding in group)
            {
                terminal.Write($"{"",SeverityWidth}- {Terminal.OneLine(finding.Change.Type)} {Terminal.OneLine(finding.Change.Name)}{Detail(finding)}");
            }
        }
    }

    private static string Detail(Finding finding)
        => finding.Detail.Length == 0 ? "" : $": {ComparisonText.Clipped(Terminal.OneLine(finding.Detail))}";

    private static TextStyle Style(Severity severity) => severity switch
    {
        Severity.Critical or Severity.High => TextStyle.Error,
        Severity.Medium => TextStyle.Warning,
        _ => TextStyle.Faint,
    };
}
