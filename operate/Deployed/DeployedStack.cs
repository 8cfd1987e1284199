using System.Collections.Immutable;
using Rehearsal;
using Rehearsal.Commands;
using Rehearsal.Secrets;
using Rehearsal.StackFiles;
using Stacks.Settings;
using Stacks.Settings.Reading;

namespace Operate.Deployed;

/// <summary>What the file of a stack says, for commands about what is deployed.</summary>
/// <param name="Name">The stack's name.</param>
/// <param name="Project">Its project.</param>
/// <param name="Settings">Valid settings.</param>
/// <param name="Secrets">Secrets that could be opened, by key without namespace; never to be shown.</param>
public sealed record DeployedStack(string Name, ProjectFile Project, PlatformSettings Settings, ImmutableDictionary<string, string> Secrets)
{
    private const string Prefix = SettingPath.Namespace + ":";

    /// <summary>Reads it.</summary>
    /// <param name="host">The outside.</param>
    /// <param name="stack">What names the stack on the command line.</param>
    /// <param name="configFile">Another file than its own.</param>
    /// <exception cref="BadInputException">There is no such stack, or its settings are wrong.</exception>
    public static DeployedStack Read(CommandHost host, string stack, string? configFile)
    {
        var (name, project, file) = StackTarget.FindFile(host, stack, configFile);
        // Without a passphrase secrets stay unknown, and checks that need one say so themselves
        var config = StackConfig.Read(project, name, file, new StackSecrets(name, file, host.Environment).Open);
        var read = SettingsValidation.Read(new RawSettings(config.Values, config.SecretKeys), host.Today());
        if (!read.Problems.IsEmpty)
        {
            throw new BadInputException(SettingsReport.Render(read.Problems).TrimEnd(), $"Put them right first: `./platform config {name} --check`.");
        }
        var opened = config.SecretKeys.Where(key => key.StartsWith(Prefix, StringComparison.Ordinal) && !config.UnknownKeys.Contains(key)
            && config.Values.ContainsKey(key));
        return new DeployedStack(name, project, read.Settings, opened.ToImmutableDictionary(key => key[Prefix.Length..], key => config.Values[key]));
    }
}
