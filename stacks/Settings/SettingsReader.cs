using Pulumi;
using Stacks.Settings.Declaring;
using Stacks.Settings.Problems;
using Stacks.Settings.Reading;

namespace Stacks.Settings;

/// <summary>Reads the settings of the running stack; nothing else asks Pulumi for configuration.</summary>
public static class SettingsReader
{
    /// <summary>The settings, or one exception without a stack trace that names every problem.</summary>
    /// <exception cref="RunException">The stack file is not valid.</exception>
    public static PlatformSettings Read()
    {
        // Pulumi.Config cannot list its keys, and an unknown key must not pass in silence: the same text is in the environment.
        var read = SettingsValidation.Read(RawSettings.FromEnvironment(Environment.GetEnvironmentVariable));
        return read.Problems.IsEmpty ? read.Settings : throw new RunException(SettingsReport.Render(read.Problems));
    }

    /// <summary>The value of a secret. Never through a typed getter: those repeat the value in their errors.</summary>
    public static Output<string> Secret(SecretSetting secret) => new Config(SettingPath.Namespace).RequireSecret(secret.Key);
}
