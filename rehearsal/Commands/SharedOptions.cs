using System.CommandLine;
using Rehearsal.StackFiles;
using Rehearsal.State;

namespace Rehearsal.Commands;

/// <summary>Arguments and options that mean the same in every command.</summary>
internal static class SharedOptions
{
    private const string VerboseName = "--verbose";

    public static Option<bool> Verbose()
        => new(VerboseName, "-v") { Description = "Show every resource, also one that stays as it is, with its inputs; and the details of errors.", Recursive = true };

    public static bool IsVerbose(this ParseResult parsed) => parsed.GetValue<bool>(VerboseName);

    public static Argument<string> Stack() => new("STACK") { Description = "The stack: its name, or its file Pulumi.STACK.yaml." };

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

    /// <summary>How results are written; the first is the default. <c>--json</c> comes with it where that is one of them.</summary>
    public static Option<string> Format(string description, params string[] allowed)
    {
        var format = new Option<string>("--format", "-f")
        {
            Description = description,
            HelpName = string.Join('|', allowed),
            DefaultValueFactory = _ => allowed[0],
        };
        format.AcceptOnlyFromAmong(allowed);
        return format;
    }

    /// <summary>Where a stack's rehearsed state is.</summary>
    public static StateFolder StateFolder(CommandHost host, ProjectFile project, string stack, string? given)
        => new(given is null ? Path.Combine(project.Folder, ".platform", "state") : Path.GetFullPath(given, host.CurrentFolder), project.Name, stack);

    public static Option<bool> ShowSecrets() => new("--show-secrets") { Description = "Write secret values in the open." };
}
