using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Stacks.Forms;

/// <summary>A form as lines to copy from.</summary>
public static class FormTable
{
    /// <summary>Prints one form. Nothing is wrapped or cut: a URL of two lines cannot be copied.</summary>
    public static void Write(EnvironmentForm form, TextWriter output)
    {
        output.WriteLine($"{form.Name} ({form.Platform})");
        var width = form.Fields.Max(entry => entry.Field.Label.Length);
        foreach (var (field, value) in form.Fields)
        {
            var lines = value.Text.TrimEnd('\n').Split('\n');
            output.WriteLine($"  {field.Label.PadRight(width)}  {lines[0]}");
            foreach (var line in lines[1..])
            {
                output.WriteLine($"  {"".PadRight(width)}  {line}");
            }
        }

        output.WriteLine($"  Credentials: {form.Credentials}. TOWER_ENABLE_PLATFORMS of the Platform has to name {form.Platform}. Studios cannot run in it.");
        if (form.Warning is { } warning)
        {
            output.WriteLine($"  {warning}");
        }

        output.WriteLine();
    }
}

/// <summary>Forms as bodies of the Platform's <c>POST /compute-envs</c>; the caller adds <c>credentialsId</c>.</summary>
public static class FormJson
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>One body.</summary>
    public static JsonObject Body(EnvironmentForm form) => new()
    {
        ["computeEnv"] = new JsonObject
        {
            ["name"] = form.Name,
            ["platform"] = form.Platform,
            ["config"] = Config(form),
        },
    };

    /// <summary>The part that the kind of environment decides, which is also what <c>tw compute-envs import</c> reads.</summary>
    public static JsonObject Config(EnvironmentForm form)
    {
        var config = new JsonObject { ["discriminator"] = form.Platform };
        foreach (var (field, value) in form.Config)
        {
            config[field.Key] = value.Json is { } json ? JsonNode.Parse(json.GetRawText()) : JsonValue.Create(value.Placeholder);
        }

        return config;
    }

    public static string Text(JsonNode node) => node.ToJsonString(Indented) + "\n";
}

/// <summary>Forms as command lines of Seqera's <c>tw</c> (tower-cli).</summary>
public static class FormCommands
{
    /// <summary>The commands for one form, with the files that they read.</summary>
    public static string Text(EnvironmentForm form)
    {
        var text = new StringBuilder().Append($"# {form.Name}: {form.Platform}, credentials for {form.Credentials}\n");
        if (form.Warning is { } warning)
        {
            text.Append($"# {warning}\n");
        }

        var credentials = "";
        if (form["token"] is { } token)
        {
            text.Append(
                $"tw credentials add k8s --name={ShellWord.Quote(form.Name)} --token={Word(FormField.All.Single(field => field.Key == "token"), token)}\n");
            credentials = $" --credentials={ShellWord.Quote(form.Name)}";
        }

        return (form.Config.All(entry => entry.Field.Option is not null) ? Add(text, form, credentials) : Import(text, form, credentials)).ToString();
    }

    private static StringBuilder Add(StringBuilder text, EnvironmentForm form, string credentials)
    {
        var command = new StringBuilder($"tw compute-envs add {form.Platform[..form.Platform.IndexOf('-')]} --name={ShellWord.Quote(form.Name)}{credentials}");
        foreach (var (field, value) in form.Config)
        {
            var options = field switch
            {
                { IsFile: true } when value.Json is not null => [$"{field.Option}={ShellWord.Quote(Written(text, $"{form.Name}-{field.Key}", value.Text))}"],
                { Key: "environment" } when value.Json is { } variables =>
                    variables.EnumerateArray().Select(variable => $"{field.Option}={ShellWord.Quote(FormValue.Variable(variable))}"),
                // The command spells the policies as its Java constants.
                { Key: "podCleanup" } when value.Json is not null => [$"{field.Option}={value.Text.ToUpperInvariant()}"],
                _ => (IEnumerable<string>)[$"{field.Option}={Word(field, value)}"],
            };
            foreach (var option in options)
            {
                command.Append(" \\\n  ").Append(option);
            }
        }

        return text.Append(command).Append('\n');
    }

    // `add` has no options for Fusion, Wave and the size of head jobs; `import` takes every field.
    private static StringBuilder Import(StringBuilder text, EnvironmentForm form, string credentials)
    {
        if (
            form.Config.Where(entry => entry.Value.Json is null).Select(entry => $"{entry.Field.Label} ({entry.Value.Reason})").ToList() is
            { Count: > 0 } lacking)
        {
            return text.Append($"# Nothing to import yet, because of what is not there to write: {string.Join(", ", lacking)}\n");
        }

        var file = Written(text, $"{form.Name}.json", FormJson.Text(FormJson.Config(form)));
        return text.Append($"tw compute-envs import {ShellWord.Quote(file)} --name={ShellWord.Quote(form.Name)}{credentials}\n");
    }

    // What there is no value for becomes a variable of the shell, which stops the command and says what to set: a placeholder would be taken for the value.
    private static string Word(FormField field, FormValue value) => value.Json is not null
        ? ShellWord.Quote(value.Text)
        : $"\"${{{field.Key}:?set it to {(field.IsFile ? "the name of a file with " : "")}{field.Label}: {value.Reason}}}\"";

    // Adds the command that writes a file, and gives its name.
    private static string Written(StringBuilder text, string file, string content)
    {
        var end = "END";
        while (content.Split('\n').Contains(end, StringComparer.Ordinal))
        {
            end += "_";
        }

        text.Append($"cat > {ShellWord.Quote(file)} <<'{end}'\n{content.TrimEnd('\n')}\n{end}\n");
        return file;
    }
}

/// <summary>Texts as words of a POSIX shell.</summary>
public static partial class ShellWord
{
    /// <summary>The text, in quotes unless it means itself: <c>it's</c> becomes <c>'it'\''s'</c>.</summary>
    public static string Quote(string text) => Plain().IsMatch(text) ? text : $"'{text.Replace("'", @"'\''")}'";

    [GeneratedRegex(@"\A[A-Za-z0-9_./:=@%+,-]+\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Plain();
}
