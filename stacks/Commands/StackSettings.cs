using System.Text.Json;
using Pulumi;
using Stacks.Settings;
using Stacks.Settings.Reading;

namespace Stacks.Commands;

/// <summary>The settings of the stack whose configuration is in the environment, for commands that need valid ones.</summary>
internal static class StackSettings
{
    /// <summary>The settings; null where they are not valid, and everything that is wrong with them has been written.</summary>
    public static PlatformSettings? Read(Func<string, string?> environment, TextWriter error)
    {
        var read = All(environment, error);
        if (read is { Problems.IsEmpty: false })
        {
            error.Write(SettingsReport.Render(read.Problems));
        }

        return read is { Problems.IsEmpty: true } ? read.Settings : null;
    }

    /// <summary>What reading them gives; null where the environment holds no configuration, which has been written.</summary>
    public static ReadSettings? All(Func<string, string?> environment, TextWriter error)
    {
        try
        {
            return SettingsValidation.Read(RawSettings.FromEnvironment(environment), Today.From(environment));
        }
        catch (RunException exception)
        {
            error.WriteLine(exception.Message);
        }
        catch (JsonException)
        {
            error.WriteLine(
                "PULUMI_CONFIG has to be a JSON object of texts by key, and PULUMI_CONFIG_SECRET_KEYS a JSON array of keys. "
                + "./platform config <stack> sets both.");
        }

        return null;
    }
}
