using System.Text;

namespace Stacks.Forms;

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
            text.Append($"tw credentials add k8s --name={ShellWord.Quote(form.Name)} --token={ShellWord.Quote(token.Text)}\n");
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
                { IsFile: true } => [$"{field.Option}={ShellWord.Quote(Written(text, $"{form.Name}-{field.Key}", value.Text))}"],
                { Key: "environment" } when value.Json is { } variables => variables.EnumerateArray().Select(variable => $"{field.Option}={ShellWord.Quote(FormValue.Variable(variable))}"),
                // The command spells the policies as its Java constants.
                { Key: "podCleanup" } => [$"{field.Option}={value.Text.ToUpperInvariant()}"],
                _ => (IEnumerable<string>)[$"{field.Option}={ShellWord.Quote(value.Text)}"],
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
        var file = Written(text, $"{form.Name}.json", FormJson.Text(FormJson.Config(form)));
        return text.Append($"tw compute-envs import {ShellWord.Quote(file)} --name={ShellWord.Quote(form.Name)}{credentials}\n");
    }

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
