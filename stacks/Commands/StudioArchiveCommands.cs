using System.CommandLine;
using Stacks.CodeStudios;
using Stacks.Settings;

namespace Stacks.Commands;

/// <summary><c>studio export</c> and <c>studio import</c>.</summary>
internal static class StudioArchiveCommands
{
    public static Command Export(StudioCommand.Host host)
    {
        var template = new Argument<string>("TEMPLATE") { Description = "The template, by its name under platform:codeStudios." };
        var file = new Option<string>("--output", "-o") { Description = "The archive to write.", HelpName = "FILE.zip", Required = true };
        var leaveOut = new Option<string[]>("--leave-out")
        {
            Description = "What archives have no words for and is to be left out; may be repeated.",
            HelpName = "WHAT",
            DefaultValueFactory = _ => [],
        };
        var command = new Command(
            "export",
            """
            Write a template as an archive that DSS imports.

            Examples:
              ./platform studio export dev jupyter -o jupyter.zip
              ./platform studio export dev jupyter -o jupyter.zip --leave-out permissions --leave-out packages
            """)
        {
            template, file, leaveOut,
        };
        command.SetAction(parsed => host.Run(() =>
        {
            var name = parsed.GetRequiredValue(template);
            var settings = host.Template(name);
            var path = host.FromHere(parsed.GetRequiredValue(file));
            TemplateArchive.Of(name, settings, host.Resources(settings), parsed.GetValue(leaveOut)).Save(path);
            host.Output.WriteLine($"{name} in {path}");
        }));
        return command;
    }

    public static Command Import(StudioCommand.Host host)
    {
        var archive = new Argument<string>("ARCHIVE") { Description = "An archive of a template, as DSS exports it." };
        var name = new Option<string?>("--name")
        {
            Description = "Name of the template in the stack file; that of the archive when not given.",
            HelpName = "NAME"
        };
        var folder = new Option<string>("--output", "-o")
        {
            Description = "The folder to write to; made when it is not there.",
            HelpName = "DIR",
            Required = true
        };
        var command = new Command(
            "import",
            """
            Write an archive of DSS as lines of a stack file and a folder of resources.

            Examples:
              ./platform studio import template.zip -o imported
              ./platform studio import template.zip --name jupyter -o imported
            """)
        {
            archive, name, folder,
        };
        command.SetAction(parsed => host.Run(() =>
        {
            var path = host.FromHere(parsed.GetRequiredValue(archive));
            var target = host.FromHere(parsed.GetRequiredValue(folder));
            var imported = ImportedTemplate.Of(TemplateArchive.Read(path), parsed.GetValue(name) ?? ImportedTemplate.NameOf(path));
            StudioFolder.Write(target, imported.Files, ".code-studio-import", $"{Path.GetFileName(path)}\n");
            host.Output.Write(
                $"""
                {imported.Name} in {target}: {ImportedTemplate.StackFile}{(imported.Resources.IsEmpty ? "" : $", and its resources in {imported.Name}/")}
                Put what is in it under config: of a stack file{(imported.Resources.IsEmpty ? "" : ", and the folder beside that")}.

                """);
            if (!imported.Problems.IsEmpty)
            {
                host.Error.Write($"It is kept as it was. Before an image can be built of it:\n{SettingsReport.Render(imported.Problems)}");
            }
        }));
        return command;
    }
}
