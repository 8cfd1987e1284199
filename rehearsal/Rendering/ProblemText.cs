using System.Globalization;
using Rehearsal.StackFiles;

namespace Rehearsal.Rendering;

/// <summary>Writes problems of stack files for people.</summary>
internal static class ProblemText
{
    /// <summary>One line on the output for a file, and each problem as a paragraph on the error stream.</summary>
    public static void Write(Terminal terminal, CheckedSettings stack)
    {
        var (wrong, looks) = (stack.Problems.Count(problem => !problem.IsWarning), stack.Problems.Count(problem => problem.IsWarning));
        var parts = new List<string>();
        if (wrong > 0)
        {
            parts.Add($"wrong, {Count(wrong, "problem")}");
        }
        else
        {
            parts.Add("fine");
        }
        // Of a file that is wrong nobody knows what all of it says
        if (wrong == 0 && stack.Settings is { } settings)
        {
            parts.Add(Count(settings, "setting"));
        }
        if (looks > 0)
        {
            parts.Add($"{looks} worth a second look");
        }
        terminal.Write(new StyledText(stack.File, TextStyle.Strong), new StyledText(
            $": {string.Join(", ", parts)}", wrong > 0 ? TextStyle.Error : looks > 0 ? TextStyle.Warning : TextStyle.Plain));
        foreach (var problem in stack.Problems)
        {
            Write(terminal, problem);
            terminal.WriteError();
        }
    }

    /// <summary>One problem: place and sentence, its line, and what to do.</summary>
    public static void Write(Terminal terminal, FileProblem problem)
    {
        terminal.WriteError(
            new StyledText(problem.IsWarning ? "warning: " : "error: ", problem.IsWarning ? TextStyle.Warning : TextStyle.Error),
            Terminal.OneLine(problem.ToString()));
        if (problem.Line is { } line)
        {
            terminal.WriteError(new StyledText(line, TextStyle.Faint));
        }
        foreach (var detail in problem.Details)
        {
            terminal.WriteError(Terminal.OneLine(detail));
        }
    }

    private static string Count(int number, string noun) => string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");
}
