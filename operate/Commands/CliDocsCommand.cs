using System.CommandLine;
using Operate.Describing;
using Rehearsal.Commands;

namespace Operate.Commands;

/// <summary><c>cli-docs --write FOLDER</c>: <c>docs/cli.md</c> and completion for shells; <c>docs/generate</c> calls it.</summary>
internal sealed class CliDocsCommand : ICommand
{
    public Command Build(CommandHost host)
    {
        var folder = new Option<string>("--write") { Description = "The folder of the documents.", HelpName = "FOLDER", Required = true };
        var command = new Command("cli-docs", "Write what is said about commands anew.") { folder };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            var target = Path.GetFullPath(parsed.GetRequiredValue(folder), host.CurrentFolder);
            foreach (var (name, text) in Documents(host))
            {
                AtomicFile.Write(Path.Combine(target, name), text);
            }
            return ExitCodes.Success;
        });
        return command.WithExamples("./platform docs");
    }

    /// <summary>The documents, by their place below <c>docs/</c>.</summary>
    internal static IReadOnlyList<(string Name, string Text)> Documents(CommandHost host)
    {
        var groups = CommandTable.All(host);
        var commands = groups.SelectMany(group => group.Commands).SelectMany(CommandTable.WithThoseBelow).Select(CompletedCommand.Of).ToList();
        return
        [
            ("cli.md", CliPage.Render(groups)),
            ("completion/platform.bash", BashCompletion.Render(commands)),
            ("completion/platform.zsh", ZshCompletion.Render(commands)),
            ("completion/platform.fish", FishCompletion.Render(commands)),
            ("completion/platform.powershell", PowerShellCompletion.Render(commands)),
        ];
    }
}
