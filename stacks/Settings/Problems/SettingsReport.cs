namespace Stacks.Settings.Problems;

/// <summary>Every problem of a stack file as one readable block of plain text.</summary>
public static class SettingsReport
{
    public static string Render(IReadOnlyCollection<SettingsProblem> problems)
    {
        var count = problems.Count == 1 ? "One setting is" : $"{problems.Count} settings are";
        var paragraphs = problems.OrderBy(problem => problem.Path.Text, StringComparer.Ordinal).Select(problem => problem.ToString());
        return $"{count} wrong; nothing was planned.\n\n{string.Join("\n\n", paragraphs)}\n";
    }
}
