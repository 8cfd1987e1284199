using System.CommandLine;
using System.Text.Json.Nodes;
using Stacks.Forms;

namespace Stacks.Commands;

/// <summary><c>tower [--from FILE] [--name NAME] [--format table|json|tw] [--show-secrets]</c>: the Platform's form of each compute environment, filled in.</summary>
internal static class TowerCommand
{
    private const string Table = "table";
    private const string Json = "json";
    private const string Tw = "tw";
    private const string StandardInput = "-";

    public static Command Create(TextReader input, TextWriter output, TextWriter error)
    {
        var from = new Option<string>("--from") { Description = "File with the stack's outputs; - for standard input.", HelpName = "FILE", DefaultValueFactory = _ => StandardInput };
        var name = new Option<string>("--name") { Description = "Only this compute environment.", HelpName = "NAME" };
        var format = new Option<string>("--format") { Description = "How to print it.", DefaultValueFactory = _ => Table };
        format.AcceptOnlyFromAmong(Table, Json, Tw);
        var showSecrets = new Option<bool>("--show-secrets") { Description = "Print the token, and the address and certificate of the API server." };
        var command = new Command("tower", "Print what goes into the Platform's form for each compute environment, from `pulumi stack output --json`.") { from, name, format, showSecrets };
        command.SetAction(parsed =>
        {
            try
            {
                var path = parsed.GetValue(from)!;
                var forms = StackOutputs.Forms(path == StandardInput ? input.ReadToEnd() : File.ReadAllText(path), parsed.GetValue(showSecrets));
                Print(parsed.GetValue(name) is { } wanted ? [Named(forms, wanted)] : forms, parsed.GetValue(format)!, parsed.GetValue(name) is not null, output);
                return ExitCodes.Ok;
            }
            catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
            {
                error.WriteLine(exception.Message);
                return ExitCodes.BadInput;
            }
        });
        return command;
    }

    private static EnvironmentForm Named(IReadOnlyCollection<EnvironmentForm> forms, string name) => forms.FirstOrDefault(form => form.Name == name)
        ?? throw new FormatException($"There is no compute environment '{name}': the stack has {string.Join(", ", forms.Select(form => form.Name))}.");

    private static void Print(IReadOnlyCollection<EnvironmentForm> forms, string format, bool single, TextWriter output)
    {
        if (format == Json)
        {
            output.Write(FormJson.Text(single ? FormJson.Body(forms.First()) : new JsonArray([.. forms.Select(FormJson.Body)])));
            return;
        }

        foreach (var form in forms)
        {
            if (format == Tw)
            {
                output.WriteLine(FormCommands.Text(form));
            }
            else
            {
                FormTable.Write(form, output);
            }
        }
    }
}
