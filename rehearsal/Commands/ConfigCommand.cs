using System.CommandLine;
using System.Text.Json;
using Protocol;
using Rehearsal.Programs;
using Rehearsal.Rendering;
using Rehearsal.Wire;

namespace Rehearsal.Commands;

/// <summary><c>config STACK</c>: the settings that the program would use, printed by the program itself.</summary>
/// <remarks>The program gets what a Pulumi program gets and the argument <c>config</c>; it knows its settings, this program does not.</remarks>
internal sealed class ConfigCommand : ICommand
{
    public Command Build(CommandHost host)
    {
        var (stack, configFile) = (SharedOptions.Stack(), SharedOptions.ConfigFile());
        var check = new Option<bool>("--check") { Description = "Only say whether the settings are right." };
        var format = SharedOptions.Format("How to write them.", "text", "json");
        var command = new Command("config", "Show the effective settings of a stack, defaults included, secrets hidden.") { stack, check, format, configFile };
        command.SetAction((parsed, cancellation) =>
        {
            var target = StackTarget.Find(host, parsed.GetRequiredValue(stack), null, parsed.GetValue(configFile));
            string[] arguments = ["config", .. parsed.GetValue(check) ? ["--check"] : Array.Empty<string>(), "--format", parsed.GetValue(format)!];
            return ProgramTool.RunAsync(host, target, arguments, cancellation);
        });
        return command.WithExamples(
            "./platform config dev                    every setting and where it comes from",
            "./platform config prod --check           exit code 2 and every problem when something is wrong",
            "./platform config prod --json            for other tools");
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

    /// <summary>Runs it to its end, with the configuration of a stack.</summary>
    public static async Task<int> RunAsync(CommandHost host, StackTarget target, string[] arguments, CancellationToken cancellation)
    {
        var config = target.Config(host);
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [ProgramVariables.Project] = target.Project.Name,
            [ProgramVariables.Stack] = target.Stack,
            [ProgramVariables.Config] = JsonSerializer.Serialize(config.Values, JsonText.Compact),
            [ProgramVariables.ConfigSecretKeys] = JsonSerializer.Serialize(config.SecretKeys, JsonText.Compact),
            [FolderVariable] = host.CurrentFolder,
            [StackFolderVariable] = Path.GetDirectoryName(target.File.Path) is { Length: > 0 } folder ? folder : target.Project.Folder,
        };
        try
        {
            var launch = target.Program with { Arguments = [.. target.Program.Arguments, .. arguments] };
            var exitCode = await ProgramProcess.RunAsync(launch, variables, Output(host.Terminal.Output), Output(host.Terminal.Error), cancellation);
            return exitCode is ExitCodes.Success or ExitCodes.BadInput ? exitCode : ExitCodes.Failure;
        }
        catch (ProgramStartException e)
        {
            throw new BadInputException($"T{e.Message[1..]}", ProgramStartException.Fix, e.InnerException);
        }
    }

    private static Action<string> Output(TextWriter writer) => line => writer.Write($"{Terminal.Safe(line)}\n");
}
