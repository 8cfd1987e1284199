using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Rehearsal.StackFiles;
using Rehearsal.State;

namespace Rehearsal.Commands;

/// <summary>Arguments and options that mean the same in every command.</summary>
internal static class SharedOptions
{
    private const string VerboseName = "--verbose";

    public static Option<bool> Verbose()
        => new(VerboseName, "-v") { Description = "Show every resource, with its inputs, and the details of errors.", Recursive = true };

    public static bool IsVerbose(this ParseResult parsed) => parsed.GetValue<bool>(VerboseName);

    public static Argument<string> Stack() => new("STACK") { Description = "The stack: its file is Pulumi.STACK.yaml." };

    public static Option<string?> Program() => new("--program")
    {
        Description = "Rehearse this Pulumi program instead: a command, run in the current folder, or a folder whose Pulumi.yaml says how it starts.",
        HelpName = "COMMAND|FOLDER",
    };

    public static Option<string?> ConfigFile() => new("--config-file")
    {
        Description = "Take the stack's settings from this file.",
        HelpName = "FILE",
    };

    public static Option<string[]> StackOutputs() => new("--stack-outputs")
    {
        Description = "Outputs of a stack that the program refers to, as `pulumi stack output --json` writes them; may be repeated.",
        HelpName = "NAME=FILE",
        DefaultValueFactory = _ => [],
    };

    public static Option<string?> Answers() => new("--answers")
    {
        Description = "What providers would answer to functions and reads; the form is in docs/answers.md.",
        HelpName = "FILE",
    };

    public static Option<string?> State() => new("--state")
    {
        Description = "Keep the rehearsed state in this folder; .platform/state of the project when not given.",
        HelpName = "FOLDER",
    };

    /// <summary>Where a stack's rehearsed state is.</summary>
    public static StateFolder StateFolder(CommandHost host, ProjectFile project, string stack, string? given)
        => new(given is null ? Path.Combine(project.Folder, ".platform", "state") : Path.GetFullPath(given, host.CurrentFolder), project.Name, stack);

    public static Option<bool> ShowSecrets() => new("--show-secrets") { Description = "Write secret values in the open." };
}

/// <summary>Adds examples to the end of a command's <c>--help</c>.</summary>
internal static class Examples
{
    public static Command WithExamples(this Command command, params string[] lines)
    {
        var help = new HelpOption();
        help.Action = new HelpWithExamples((HelpAction)help.Action!, lines);
        command.Add(help);
        return command;
    }

    private sealed class HelpWithExamples(HelpAction help, string[] lines) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var configuration = parseResult.InvocationConfiguration;
            var output = configuration.Output;
            // The library names the executable in its usage line; what people type is the script
            using var text = new StringWriter();
            configuration.Output = text;
            var exitCode = help.Invoke(parseResult);
            configuration.Output = output;
            output.Write(text.ToString().Replace($"  {RootCommand.ExecutableName} ", "  ./platform "));
            output.WriteLine("Examples:");
            foreach (var line in lines)
            {
                output.WriteLine($"  {line}");
            }
            return exitCode;
        }
    }
}
