using System.Collections.Immutable;
using System.Text.Json;
using Rehearsal.Rendering;
using Rehearsal.StackFiles;
using Rehearsal.Wire;

namespace Rehearsal.Commands;

/// <summary>
/// Asks the program what is wrong with the settings of stacks, all of them at once, and finds the places: the program knows the settings and no files, this
/// program knows files and no settings.
/// </summary>
/// <remarks>
/// <c>config --check --format json --each</c> reads a line for each stack, <c>{"config": {"platform:redis": "{…}"}, "secretKeys": ["platform:kubeconfig"]}</c>,
/// and answers each with one: <c>{"settings": 12, "problems": [{"severity": "error", "key": "platform:redis.users[0].name", "message": "is missing",
/// "allowed": "…", "fix": "…"}]}</c>.
/// </remarks>
internal static class SettingsCheck
{
    private static readonly string[] Question = ["config", "--check", "--format", "json", "--each"];

    /// <summary>Looks at stack files.</summary>
    /// <param name="host">The outside.</param>
    /// <param name="stacks">Names of stacks, and the files that hold their settings; null for the file that belongs to the name.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="BadInputException">The program cannot be asked.</exception>
    public static async Task<ImmutableArray<CheckedSettings>> RunAsync(
        CommandHost host, IEnumerable<(string Stack, string? File)> stacks, CancellationToken cancellation)
    {
        var read = stacks.Select(stack => Read(host, stack.Stack, stack.File)).ToImmutableArray();
        var asked = read.Where(stack => stack.Target is not null).ToImmutableArray();
        var answers = asked.IsEmpty ? [] : await AskAsync(host, asked, cancellation);
        var next = 0;
        return [.. read.Select(stack => stack.Target is null ? stack.Found : Answered(stack, answers[next++]))];
    }

    /// <summary>Looks at every stack file and example of the project.</summary>
    /// <param name="host">The outside.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="BadInputException">There is none, or the program cannot be asked.</exception>
    public static async Task<ImmutableArray<CheckedSettings>> RunAllAsync(CommandHost host, CancellationToken cancellation)
    {
        IReadOnlyList<(string Stack, string? File)> files;
        try
        {
            files = StackFinder.Files(StackTarget.ProjectOf(host));
        }
        catch (BadInputException e) when (!e.Problems.IsEmpty)
        {
            return [Refused("", path: null, e)];
        }
        return files.Count > 0 ? await RunAsync(host, files, cancellation)
            : throw new BadInputException("The project has no stack file to check.", "Write one, Pulumi.STACK.yaml beside Pulumi.yaml.");
    }

    private static Reading Read(CommandHost host, string stack, string? file)
    {
        StackTarget? target = null;
        try
        {
            target = StackTarget.Find(host, stack, program: null, file);
            var (config, warning) = target.ReadConfig(host);
            var found = new CheckedSettings(stack, FilePlace.NameOf(target.File.Path!), Settings: null, warning is null ? [] : [warning]);
            return new Reading(target, config, target.Places, found);
        }
        catch (BadInputException e)
        {
            var path = target?.File.Path ?? (file is null ? null : Path.GetFullPath(file, host.CurrentFolder));
            return new Reading(Target: null, Config: null, ConfigPlaces.None, Refused(stack, path, e));
        }
    }

    // What stands nowhere is told under the name that was given
    private static CheckedSettings Refused(string stack, string? path, BadInputException error)
    {
        ImmutableArray<FileProblem> problems = error.Problems.IsEmpty ? [new FileProblem(Place: null, Key: null, error.Message)] : error.Problems;
        var file = (path ?? problems[0].Place?.File) is { } known ? FilePlace.NameOf(known) : stack;
        return new CheckedSettings(stack, file, Settings: null, [.. problems.Select(problem => problem with { Fix = problem.Fix ?? error.Fix })]);
    }

    private static async Task<ImmutableArray<JsonElement>> AskAsync(CommandHost host, ImmutableArray<Reading> asked, CancellationToken cancellation)
    {
        var lines = asked.Select(stack =>
            $$"""{"config":{{JsonText.Object(stack.Config!.Values)}},"secretKeys":{{JsonText.Array(stack.Config.SecretKeys)}}}""");
        var (answers, complaints) = (new List<string>(), new List<string>());
        var exitCode = await ProgramTool.AskAsync(host, asked[0].Target!, Question, string.Join('\n', lines) + "\n", answers.Add, complaints.Add, cancellation);
        try
        {
            var parsed = answers.Select(answer => JsonElement.Parse(answer)).ToImmutableArray();
            return parsed.Length == asked.Length && exitCode is ExitCodes.Success or ExitCodes.BadInput ? parsed : throw Silent(cause: null);
        }
        catch (JsonException e)
        {
            throw Silent(e);
        }

        BadInputException Silent(Exception? cause) => new(
            $"The program does not say what is wrong with its settings: `{string.Join(' ', Question)}` ended with exit code {exitCode}, and {answers.Count} of "
                + $"{asked.Length} answers{(complaints.Count == 0 ? "" : $": {string.Join(' ', complaints)}")}.",
            "Build it anew with `./platform build`.", cause)
        { ExitCode = ExitCodes.Failure };
    }

    private static CheckedSettings Answered(Reading stack, JsonElement answer)
    {
        var problems = answer.GetProperty("problems").EnumerateArray().Select(problem => new FileProblem(
            stack.Places.Find(Text(problem, "key") ?? ""), Text(problem, "key"), Text(problem, "message") ?? "")
        {
            IsWarning = Text(problem, "severity") == "warning",
            Given = Text(problem, "given"),
            Allowed = Text(problem, "allowed"),
            Fix = Text(problem, "fix"),
        });
        return stack.Found with
        {
            Settings = answer.GetProperty("settings").GetInt32(),
            // What stands only in Pulumi.yaml comes behind the stack's own file
            Problems = [.. stack.Found.Problems.Concat(problems).OrderBy(problem => problem.Place?.Name == stack.Found.File ? 0 : 1)
                .ThenBy(problem => problem.Place?.Line).ThenBy(problem => problem.Place?.Column).ThenBy(problem => problem.Key, StringComparer.Ordinal)],
        };
    }

    private static string? Text(JsonElement problem, string name) =>
        problem.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private sealed record Reading(StackTarget? Target, StackConfig? Config, ConfigPlaces Places, CheckedSettings Found);
}

/// <summary>What is told to the CI system whose log the error stream is part of.</summary>
internal static class CiLog
{
    /// <summary>Tells it of problems, if it is one that reads logs; on the error stream, since the output is for who asked.</summary>
    public static void Annotate(this CommandHost host, IEnumerable<FileProblem> problems)
    {
        if (Annotations.For(host.Environment, host.CurrentFolder) is { } annotation)
        {
            foreach (var problem in problems)
            {
                host.Terminal.WriteError(annotation(problem));
            }
        }
    }
}
