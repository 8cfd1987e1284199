using System.CommandLine;
using Operate.Commands;
using Rehearsal.Commands;
using Stacks.Commands;
using ExitCodes = Rehearsal.Commands.ExitCodes;

namespace Operate.Describing;

/// <summary>Some commands that people look for together.</summary>
/// <param name="Title">What they have in common.</param>
/// <param name="Commands">The commands, with those below them.</param>
public sealed record CommandGroup(string Title, IReadOnlyList<Command> Commands);

/// <summary>All commands behind <c>./platform</c>: the one table that feeds its help, its completion and <c>docs/cli.md</c>.</summary>
/// <remarks>
/// Each is declared where it is read: by the engine, the program, this room, or, for what the script does itself, in <see cref="ScriptCommands"/>.
/// </remarks>
public static class CommandTable
{
    /// <summary>The program's commands that read a stack, which the script hands them by way of the engine.</summary>
    private static readonly string[] ReadStacks = ["compose", "studio build-context", "studio export", Tower];

    private const string Tower = "tower";

    /// <summary>The commands, group by group.</summary>
    public static IReadOnlyList<CommandGroup> All(CommandHost host)
    {
        var engine = Shown(CommandLine.Root(host, "", CommandLine.Commands).Subcommands);
        var operate = Shown(CommandLine.Root(host, "", OperateCommands.All).Subcommands);
        // What the engine has a command of its own for is called by that
        var program = Shown(ToolCommands.All(_ => null, TextWriter.Null, TextWriter.Null, TextReader.Null))
            .Where(command => engine.All(known => known.Name != command.Name)).ToList();
        foreach (var command in program)
        {
            Complete(command);
        }
        return
        [
            new CommandGroup("Rehearse, without a cloud and without the Pulumi CLI", engine),
            new CommandGroup("Write what other tools take, from a stack file", program),
            new CommandGroup("Look at a deployed platform, take one over, begin a new one", operate),
            new CommandGroup("Work on this repository", ScriptCommands.OfWork()),
            new CommandGroup("Find the way", ScriptCommands.OfHelp()),
        ];
    }

    /// <summary>A command and all below it, in the order in which they are described.</summary>
    public static IEnumerable<Command> WithThoseBelow(Command command) => Shown(command.Subcommands).SelectMany(WithThoseBelow).Prepend(command);

    private static List<Command> Shown(IEnumerable<Command> commands) => [.. commands.Where(command => !command.Hidden)];

    // The stack in front, and the file of its settings, as commands of the engine take them
    private static void Complete(Command command)
    {
        foreach (var reader in WithThoseBelow(command).Where(reader => ReadStacks.Contains(HelpText.Path(reader))))
        {
            var stack = SharedOptions.Stack();
            if (HelpText.Path(reader) == Tower)
            {
                stack.Arity = ArgumentArity.ZeroOrOne;
                stack.Description += " Its outputs are rehearsed; not with --from.";
            }
            reader.Arguments.Insert(0, stack);
            reader.Options.Add(SharedOptions.ConfigFile());
        }
        ShortForms.AddTo(command);
        foreach (var each in WithThoseBelow(command))
        {
            each.WithExitCodes((ExitCodes.Cancelled, ExitCodes.Meanings[ExitCodes.Cancelled]));
        }
    }
}
