using System.CommandLine;
using System.Text.Json.Nodes;
using Stacks.Forms;
using Stacks.Settings;
using Stacks.Settings.Generating;

namespace Stacks.Commands;

/// <summary>
/// What the program does when it has arguments: it shows settings, the documents made from them and the forms filled in from outputs, and deploys nothing.
/// </summary>
public static class ToolCommands
{
    /// <summary>Runs one command and gives its exit code.</summary>
    /// <param name="args">Arguments of the process.</param>
    /// <param name="environment">Reads an environment variable; <c>PULUMI_CONFIG</c> and <c>PULUMI_CONFIG_SECRET_KEYS</c> hold a stack's configuration.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where problems go.</param>
    /// <param name="input">Standard input; null for an empty one.</param>
    public static int Run(IReadOnlyList<string> args, Func<string, string?> environment, TextWriter output, TextWriter error, TextReader? input = null)
    {
        // What is said is kept until all of it is there, so that no failure of the output is taken for one of a file.
        using var results = new StringWriter();
        results.NewLine = output.NewLine;
        var root = new RootCommand("Shows the settings of a platform. Without arguments it is the program that Pulumi runs.");
        foreach (var command in All(environment, results, error, input ?? TextReader.Null))
        {
            root.Add(command);
        }

        try
        {
            var parsed = root.Parse(args);
            if (Misspelling.Find(parsed) is { } misspelling)
            {
                error.WriteLine(misspelling);
                return ExitCodes.BadInput;
            }

            var code = parsed.Invoke(new InvocationConfiguration { Output = results, Error = error, EnableDefaultExceptionHandler = false });
            output.Write(results.ToString());
            output.Flush();
            return parsed.Errors.Count > 0 ? ExitCodes.BadInput : code;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Complain(error, exception);
        }
    }

    // The disk below the output is full, or the output is closed.
    private static int Complain(TextWriter error, Exception cause)
    {
        try
        {
            var reason = cause is UnauthorizedAccessException ? "the output is closed" : cause.Message.TrimEnd('.');
            error.WriteLine($"error: What this command has to say cannot be written: {reason}.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Nobody is left to tell.
        }

        return ExitCodes.Failure;
    }

    /// <summary>The commands; hidden are those that only scripts of this repository call.</summary>
    /// <param name="environment">Reads an environment variable.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where problems go.</param>
    /// <param name="input">Standard input.</param>
    public static IReadOnlyList<Command> All(Func<string, string?> environment, TextWriter output, TextWriter error, TextReader input) =>
    [
        ConfigCommand.Create(environment, input, output, error),
        SettingsCommand.Create(output, error),
        TowerCommand.Create(input, output, error),
        StudioCommand.Create(environment, output, error),
        ComposeCommand.Create(environment, output, error),
    ];
}

/// <summary>
/// <c>config [--check [--each]] [--format text|json]</c>: the settings in effect; with <c>--check</c> only what is wrong with them, with <c>--each</c> for
/// several stacks, whose configurations come line by line.
/// </summary>
internal static class ConfigCommand
{
    private const string Text = "text";
    private const string Json = "json";

    public static Command Create(Func<string, string?> environment, TextReader input, TextWriter output, TextWriter error)
    {
        var check = new Option<bool>("--check") { Description = "Say only what is wrong or worth a second look." };
        var format = new Option<string>("--format") { Description = "How to print the settings.", DefaultValueFactory = _ => Text };
        format.AcceptOnlyFromAmong(Text, Json);
        var each = new Option<bool>("--each")
        {
            Description = "With --check --format json: read the configuration of a stack from each line of the input, and answer with a line.",
        };
        var command = new Command("config", "Print the settings in effect, defaults included, secrets hidden.") { check, format, each };
        command.SetAction(parsed => (parsed.GetValue(check), parsed.GetValue(format) == Json, parsed.GetValue(each)) switch
        {
            (true, true, true) => CheckJson.Each(environment, input, output, error),
            (_, _, true) => Refuse(error),
            (true, true, _) => CheckJson.One(environment, output, error),
            var (checks, json, _) => Run(environment, checks, json, output, error),
        });
        return command;
    }

    private static int Refuse(TextWriter error)
    {
        error.WriteLine("--each belongs to --check --format json: add both.");
        return ExitCodes.BadInput;
    }

    private static int Run(Func<string, string?> environment, bool check, bool json, TextWriter output, TextWriter error)
    {
        if (StackSettings.All(environment, error) is not { } read)
        {
            return ExitCodes.BadInput;
        }

        if (!read.Problems.IsEmpty)
        {
            error.Write(SettingsReport.Render(read.Problems));
            return ExitCodes.BadInput;
        }

        error.Write(SettingsReport.RenderWarnings(read.Warnings));
        if (!check)
        {
            output.Write(json ? EffectiveSettings.Json(read) : EffectiveSettings.Text(read));
        }

        return ExitCodes.Ok;
    }
}

/// <summary><c>settings docs|schema|pulumi-yaml [--write FILE]</c>: the documents that are made from the declarations of the settings.</summary>
internal static class SettingsCommand
{
    public static Command Create(TextWriter output, TextWriter error)
    {
        var command = new Command("settings", "Print a document that is made from the declarations of the settings.") { Hidden = true };
        command.Add(Document("docs", "The reference page, docs/configuration.md.", _ => ConfigurationDocument.Render(), output, error));
        command.Add(Document("schema", "The JSON Schema that editors check stack files with.", _ => EditorSchema.Render(), output, error));
        command.Add(Document(
            "pulumi-yaml",
            "The config section of Pulumi.yaml; --write puts it into that file.",
            file => file is null ? ProjectConfig.Render() : ProjectConfig.Replace(file),
            output,
            error));
        return command;
    }

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

/// <summary>
/// <c>tower [--from FILE] [--name NAME] [--format table|json|tw] [--show-secrets]</c>: the Platform's form of each compute environment, filled in.
/// </summary>
internal static class TowerCommand
{
    private const string Table = "table";
    private const string Json = "json";
    private const string Tw = "tw";
    private const string StandardInput = "-";

    public static Command Create(TextReader input, TextWriter output, TextWriter error)
    {
        var from = new Option<string?>("--from")
        {
            Description = "The outputs of a deployed stack, as `pulumi stack output --json` writes them; - for standard input.",
            HelpName = "FILE",
        };
        var name = new Option<string>("--name") { Description = "Only this compute environment.", HelpName = "NAME" };
        var format = new Option<string>("--format", "-f")
        {
            Description = "How to write it; tw is command lines for Seqera's tw.",
            HelpName = $"{Table}|{Json}|{Tw}",
            DefaultValueFactory = _ => Table,
        };
        format.AcceptOnlyFromAmong(Table, Json, Tw);
        var jsonForm = new Option<bool>("--json", "-j") { Description = "Short for --format json." };
        var showSecrets = new Option<bool>("--show-secrets") { Description = "Print the token, and the address and certificate of the API server." };
        var command = new Command(
            "tower",
            """
            Fill in Seqera's form of each compute environment, from a stack's outputs.

            Examples:
              ./platform tower dev                           the form of each environment, from a rehearsal
              ./platform tower dev --format tw               as command lines of tw
              ./platform tower dev --name research --json    one environment, as the Platform's API takes it
              ./platform tower --from outputs.json           of a deployed stack: what `pulumi stack output --json` wrote
            """)
        {
            from,
            name,
            format,
            jsonForm,
            showSecrets,
        };
        command.SetAction(parsed =>
        {
            var form = parsed.GetValue(jsonForm) ? Json : parsed.GetValue(format)!;
            if (form != parsed.GetValue(format) && parsed.GetResult(format) is { Implicit: false })
            {
                error.WriteLine($"--json and --format {parsed.GetValue(format)} are given together. Give one of them: --json is short for --format json.");
                return ExitCodes.BadInput;
            }

            try
            {
                var path = parsed.GetValue(from) ?? StandardInput;
                var forms = StackOutputs.Forms(path == StandardInput ? input.ReadToEnd() : File.ReadAllText(path), parsed.GetValue(showSecrets));
                Print(
                    parsed.GetValue(name) is { } wanted ? [Named(forms, wanted)] : forms,
                    form,
                    parsed.GetValue(name) is not null,
                    output);
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

/// <summary>How the tool ends.</summary>
public static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>What there is to say cannot be written.</summary>
    public const int Failure = 1;

    /// <summary>Wrong arguments, or settings that are not valid.</summary>
    public const int BadInput = 2;
}
