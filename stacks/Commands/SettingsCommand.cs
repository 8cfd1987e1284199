using System.CommandLine;
using Stacks.Settings.Generating;

namespace Stacks.Commands;

/// <summary><c>settings docs|schema|pulumi-yaml [--write FILE]</c>: the documents that are made from the declarations of the settings.</summary>
internal static class SettingsCommand
{
    public static Command Create(TextWriter output, TextWriter error) => new("settings", "Print a document that is made from the declarations of the settings.")
    {
        Document("docs", "The reference page, docs/configuration.md.", _ => ConfigurationDocument.Render(), output, error),
        Document("schema", "The JSON Schema that editors check stack files with.", _ => EditorSchema.Render(), output, error),
        Document("pulumi-yaml", "The config section of Pulumi.yaml; --write puts it into that file.", file => file is null ? ProjectConfig.Render() : ProjectConfig.Replace(file), output, error),
    };

    // The renderer gets the text of the file it is going to replace, or null.
    private static Command Document(string name, string description, Func<string?, string> render, TextWriter output, TextWriter error)
    {
        var write = new Option<string>("--write") { Description = "Write the document to a file instead of printing it.", HelpName = "FILE" };
        var command = new Command(name, description) { write };
        command.SetAction(parsed => Run(parsed.GetValue(write), render, output, error));
        return command;
    }

    private static int Run(string? path, Func<string?, string> render, TextWriter output, TextWriter error)
    {
        if (path is null)
        {
            output.Write(render(null));
            return ExitCodes.Ok;
        }

        try
        {
            var text = render(File.Exists(path) ? File.ReadAllText(path) : null);
            if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
            {
                Directory.CreateDirectory(folder);
            }

            File.WriteAllText(path, text);
            return ExitCodes.Ok;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"{path} cannot be written: {exception.Message}");
            return ExitCodes.BadInput;
        }
    }
}
