using System.Globalization;
using Rehearsal.StackFiles;

namespace Rehearsal.Rendering;

/// <summary>Problems as orders to a CI system, which shows them beside the lines of the change: one line of a log for each.</summary>
/// <remarks>
/// GitHub reads <c>::error file=F,line=1,col=2::TEXT</c> (actions/toolkit, packages/core/src/command.ts; the runner undoes the same in
/// src/Runner.Common/ActionCommand.cs), Azure Pipelines <c>##vso[task.logissue type=error;sourcepath=F;linenumber=1;columnnumber=2]TEXT</c>
/// (azure-pipelines-task-lib, node/taskcommand.ts). Looked up on 2026-11-26.
/// </remarks>
internal static class Annotations
{
    /// <summary>The CI system whose log this is; null elsewhere. GitLab has no such lines: it takes a report (<see cref="ProblemJson.GitLab"/>).</summary>
    public static Func<FileProblem, string>? For(Func<string, string?> environment, string currentFolder)
    {
        if (environment("GITHUB_ACTIONS") == "true")
        {
            return problem => GitHub(problem, Root(environment, "GITHUB_WORKSPACE", currentFolder));
        }
        // Azure's own spelling is True
        return string.Equals(environment("TF_BUILD"), "true", StringComparison.OrdinalIgnoreCase)
            ? problem => Azure(problem, Root(environment, "BUILD_SOURCESDIRECTORY", currentFolder)) : null;
    }

    /// <summary>The folder of the repository, to which paths are relative.</summary>
    public static string Root(Func<string, string?> environment, string variable, string currentFolder) =>
        environment(variable) is { Length: > 0 } folder ? folder : currentFolder;

    public static string GitHub(FileProblem problem, string root)
    {
        var place = problem.Place is { } at ? string.Create(
            CultureInfo.InvariantCulture, $" file={GitHubProperty(at.Below(root))},line={at.Line},col={at.Column}") : "";
        return $"::{(problem.IsWarning ? "warning" : "error")}{place}::{GitHubText(Text(problem))}";
    }

    public static string Azure(FileProblem problem, string root)
    {
        var place = problem.Place is { } at ? string.Create(
            CultureInfo.InvariantCulture, $";sourcepath={AzureProperty(at.Below(root))};linenumber={at.Line};columnnumber={at.Column}") : "";
        return $"##vso[task.logissue type={(problem.IsWarning ? "warning" : "error")}{place}]{AzureText(Text(problem))}";
    }

    private static string Text(FileProblem problem) => string.Join('\n', [problem.Sentence, .. problem.Details.Select(line => line.Trim())]);

    private static string GitHubText(string text) => Terminal.Safe(text.Replace("\r", "", StringComparison.Ordinal))
        .Replace("%", "%25", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string GitHubProperty(string text) => GitHubText(text)
        .Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);

    private static string AzureText(string text) => Terminal.Safe(text.Replace("\r", "", StringComparison.Ordinal))
        .Replace("%", "%AZP25", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string AzureProperty(string text) => AzureText(text)
        .Replace("]", "%5D", StringComparison.Ordinal).Replace(";", "%3B", StringComparison.Ordinal);
}
