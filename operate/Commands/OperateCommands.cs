using Rehearsal.Commands;

namespace Operate.Commands;

/// <summary>The commands about a platform that is deployed, or that somebody is about to begin.</summary>
public static class OperateCommands
{
    /// <summary>What the program is for, as its <c>--help</c> begins.</summary>
    public const string Description = "Look at a deployed platform, take one over, or begin a new one.";

    /// <summary>The commands, in the order of their help.</summary>
    public static IReadOnlyList<ICommand> All { get; } =
    [
        new VerifyCommand(),
        new DiagnoseCommand(),
        new AdoptCommand(),
        new DoctorCommand(),
        new CliDocsCommand(),
    ];
}
