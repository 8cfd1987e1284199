namespace Stacks.Settings.Problems;

/// <summary>Every problem of a stack file as one readable block of plain text.</summary>
public static class SettingsReport
{
    public static string Render(IReadOnlyCollection<SettingsProblem> problems)
    {
        var heading = problems.Count == 1 ? "One setting of the stack is wrong:" : $"{problems.Count} settings of the stack are wrong:";
        var paragraphs = problems.OrderBy(problem => problem.Path.Text, StringComparer.Ordinal).Select(problem => problem.ToString());
        return $"{heading}\n\n{string.Join("\n\n", paragraphs)}\n";
    }
}
