using System.CommandLine;
using System.Text.Json;
using Stacks.Settings.Generating;
using Stacks.Settings.Problems;
using Stacks.Settings.Reading;

namespace Stacks.Commands;

/// <summary><c>config [--check] [--format text|json]</c>: the settings in effect.</summary>
internal static class ConfigCommand
{
    private const string Text = "text";
    private const string Json = "json";

    public static Command Create(Func<string, string?> environment, TextWriter output, TextWriter error)
    {
        var check = new Option<bool>("--check") { Description = "Say only what is wrong." };
        var format = new Option<string>("--format") { Description = "How to print the settings.", DefaultValueFactory = _ => Text };
        format.AcceptOnlyFromAmong(Text, Json);
        var command = new Command("config", "Print the settings in effect, defaults included, secrets hidden.") { check, format };
        command.SetAction(parsed => Run(environment, parsed.GetValue(check), parsed.GetValue(format) == Json, output, error));
        return command;
    }

    private static int Run(Func<string, string?> environment, bool check, bool json, TextWriter output, TextWriter error)
    {
        RawSettings raw;
        try
        {
            raw = RawSettings.FromEnvironment(environment);
        }
        catch (JsonException)
        {
            error.WriteLine("PULUMI_CONFIG has to be a JSON object of texts by key, and PULUMI_CONFIG_SECRET_KEYS a JSON array of keys. ./platform config <stack> sets both.");
            return ExitCodes.BadInput;
        }

        var read = SettingsValidation.Read(raw);
        if (!read.Problems.IsEmpty)
        {
            error.Write(SettingsReport.Render(read.Problems));
            return ExitCodes.BadInput;
        }

        if (!check)
        {
            output.Write(json ? EffectiveSettings.Json(read) : EffectiveSettings.Text(read));
        }

        return ExitCodes.Ok;
    }
}
