using System.CommandLine;
using Protocol;
using Rehearsal.Programs;
using Rehearsal.Rendering;
using Rehearsal.StackFiles;
using Rehearsal.Wire;

namespace Rehearsal.Commands;

/// <summary><c>config STACK</c>: the settings that the program would use, printed by the program itself; with <c>--check</c> what is wrong with them.</summary>
/// <remarks>The program gets what a Pulumi program gets and the argument <c>config</c>; it knows its settings, this program does not.</remarks>
internal sealed class ConfigCommand : ICommand
{
    private const string Json = "json";

    private static readonly string[] CheckFormats = ["github", "azure", "gitlab"];

    public Command Build(CommandHost host)
    {
        var stack = SharedOptions.Stack();
        stack.Arity = ArgumentArity.ZeroOrOne;
        var configFile = SharedOptions.ConfigFile();
        var check = new Option<bool>("--check") { Description = "Only say whether the settings are right." };
        var all = new Option<bool>("--all") { Description = "With --check: every stack file and example of the project." };
        var format = SharedOptions.Format(
            "How to write them; with --check also as annotations of github or azure, or as the report of gitlab.", ["text", Json, .. CheckFormats]);
        var command = new Command("config", "Show the effective settings of a stack, defaults included, secrets hidden.")
        {
            stack, check, all, format, configFile,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var (name, chosen) = (parsed.GetValue(stack), parsed.GetValue(format)!);
            if (parsed.GetValue(check))
            {
                return CheckAsync(host, name, parsed.GetValue(all), parsed.GetValue(configFile), chosen, cancellation);
            }
            if (parsed.GetValue(all) || CheckFormats.Contains(chosen, StringComparer.Ordinal))
            {
                throw new BadInputException($"{(parsed.GetValue(all) ? "--all" : $"--format {chosen}")} belongs to --check.", "Add --check.");
            }
            var target = StackTarget.Find(host, name ?? throw NoStack(), null, parsed.GetValue(configFile));
            return ProgramTool.RunAsync(host, target, ["config", "--format", chosen], cancellation);
        });
        return command.WithExamples(
            "./platform config dev                    every setting and where it comes from",
            "./platform config prod --check           exit code 2 and every problem, with file and line, when something is wrong",
            "./platform config --check --all          every stack file and example, a line each",
            "./platform config prod --json            for other tools");
    }

    private static BadInputException NoStack() => new("Required argument 'STACK' missing for command: 'config'.", "See `./platform config --help`.");

    private static async Task<int> CheckAsync(
        CommandHost host, string? stack, bool all, string? configFile, string format, CancellationToken cancellation)
    {
        if (all && (stack ?? configFile) is not null)
        {
            throw new BadInputException("--all takes every stack file, and one is named as well.", "Give either a stack or --all.");
        }
        var found = all ? await SettingsCheck.RunAllAsync(host, cancellation)
            : await SettingsCheck.RunAsync(host, [(stack ?? throw NoStack(), configFile)], cancellation);
        switch (format)
        {
            case Json:
                host.Terminal.Write(ProblemJson.Text(found, single: !all));
                break;
            case "gitlab":
                host.Terminal.Write(ProblemJson.GitLab(found, Annotations.Root(host.Environment, "CI_PROJECT_DIR", host.CurrentFolder)));
                break;
            case "github":
                Annotate(found, problem => Annotations.GitHub(problem, Annotations.Root(host.Environment, "GITHUB_WORKSPACE", host.CurrentFolder)));
                break;
            case "azure":
                Annotate(found, problem => Annotations.Azure(problem, Annotations.Root(host.Environment, "BUILD_SOURCESDIRECTORY", host.CurrentFolder)));
                break;
            default:
                foreach (var one in found)
                {
                    ProblemText.Write(host.Terminal, one);
                }
                host.Annotate(found.SelectMany(one => one.Problems));
                break;
        }
        return found.Any(one => one.IsWrong) ? ExitCodes.BadInput : ExitCodes.Success;

        void Annotate(IEnumerable<CheckedSettings> stacks, Func<FileProblem, string> write)
        {
            foreach (var problem in stacks.SelectMany(one => one.Problems))
            {
                host.Terminal.Write(write(problem));
            }
        }
    }
}

/// <summary><c>tool STACK -- COMMAND …</c>: a command that the program brings itself, with the configuration of a stack.</summary>
internal sealed class ToolCommand : ICommand
{
    public Command Build(CommandHost host)
    {
        var (stack, configFile) = (SharedOptions.Stack(), SharedOptions.ConfigFile());
        var words = new Argument<string[]>("COMMAND") { Description = "The program's command and its arguments, behind --.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("tool", "Run a command that the program brings itself, with the configuration of a stack.") { stack, words, configFile };
        command.SetAction((parsed, cancellation) => ProgramTool.RunAsync(
            host, StackTarget.Find(host, parsed.GetRequiredValue(stack), null, parsed.GetValue(configFile)), parsed.GetRequiredValue(words), cancellation));
        return command.WithExamples("./platform tool dev -- config --check    what ./platform config dev --check runs");
    }
}

/// <summary>The program as a tool: it gets what a Pulumi program gets, and arguments.</summary>
internal static class ProgramTool
{
    /// <summary>The folder that the command line is about: what it names is relative to it, while the program runs in its own.</summary>
    private const string FolderVariable = "PLATFORM_FOLDER";

    /// <summary>The folder of the stack's file, which its settings may name files of.</summary>
    private const string StackFolderVariable = "PLATFORM_STACK_FOLDER";

    /// <summary>Runs it to its end, with the configuration of a stack; what it says of settings gets the places where they stand.</summary>
    public static async Task<int> RunAsync(CommandHost host, StackTarget target, string[] arguments, CancellationToken cancellation)
    {
        var config = target.Config(host);
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [ProgramVariables.Project] = target.Project.Name,
            [ProgramVariables.Stack] = target.Stack,
            [ProgramVariables.Config] = JsonText.Object(config.Values),
            [ProgramVariables.ConfigSecretKeys] = JsonText.Array(config.SecretKeys),
            [FolderVariable] = host.CurrentFolder,
            [StackFolderVariable] = Path.GetDirectoryName(target.File.Path) is { Length: > 0 } folder ? folder : target.Project.Folder,
        };
        var placed = new PlacedLines(target.Places, isWarning: false, Output(host.Terminal.Error));
        var exitCode = await StartAsync(
            Launch(target, arguments), variables, input: "", Output(host.Terminal.Output), placed.Add, cancellation);
        placed.End();
        // A program that goes on has found what is worth a second look
        host.Annotate(placed.Problems.Select(problem => problem with { IsWarning = exitCode == ExitCodes.Success }));
        return exitCode is ExitCodes.Success or ExitCodes.BadInput ? exitCode : ExitCodes.Failure;
    }

    /// <summary>Asks it something that is about no stack alone.</summary>
    /// <param name="host">The outside.</param>
    /// <param name="target">Any stack of the project.</param>
    /// <param name="arguments">The question.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="output">Gets the lines of its answer.</param>
    /// <param name="error">Gets the lines of its complaints.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Its exit code.</returns>
    public static Task<int> AskAsync(
        CommandHost host, StackTarget target, string[] arguments, string input, Action<string> output, Action<string> error, CancellationToken cancellation)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [ProgramVariables.Project] = target.Project.Name,
            [FolderVariable] = host.CurrentFolder,
        };
        return StartAsync(Launch(target, arguments), variables, input, output, error, cancellation);
    }

    private static ProgramLaunch Launch(StackTarget target, string[] arguments) =>
        target.Program with { Arguments = [.. target.Program.Arguments, .. arguments] };

    private static async Task<int> StartAsync(
        ProgramLaunch launch, Dictionary<string, string> variables, string input, Action<string> output, Action<string> error, CancellationToken cancellation)
    {
        if (launch.Environment.TryGetValue(ProgramEnvironment.StartProfile, out var profile))
        {
            // A command needs other methods than the program does
            variables[ProgramEnvironment.StartProfile] = $"{profile}.tool";
        }
        try
        {
            return await ProgramProcess.FeedAsync(launch, variables, input, output, error, cancellation);
        }
        catch (ProgramStartException e)
        {
            throw new BadInputException($"T{e.Message[1..]}", ProgramStartException.Fix, e.InnerException);
        }
    }

    private static Action<string> Output(TextWriter writer) => line => writer.Write($"{Terminal.Safe(line)}\n");
}
