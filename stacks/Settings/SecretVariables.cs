using System.Collections.Immutable;
using Infra.Connect;
using Infra.Manifests;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>Which environment variables may stand in the stack file as text: those that are no secret, as far as their names tell.</summary>
internal static class SecretVariableRules
{
    private static readonly string[] Endings = ["PASSWORD", "SECRET", "KEY", "TOKEN"];

    /// <summary>Whether a variable is called like a secret.</summary>
    public static bool IsSecret(string name) => Endings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>Variables of a workload, plain and secret.</summary>
    public static IEnumerable<SettingsProblem> Check(
        ImmutableSortedDictionary<string, string> plain, ImmutableSortedDictionary<string, SecretSetting> secret, SettingPath workload)
    {
        var plainAt = workload[nameof(ConnectProxySettings.ExtraEnvironment)];
        var secretAt = workload[nameof(ConnectProxySettings.SecretEnvironment)];
        foreach (var (name, value) in plain.Where(variable => !secret.ContainsKey(variable.Key)))
        {
            var what = IsSecret(name) ? "has the name of a secret and a plain value"
                : ForwardProxy.IsNamedBy(name) && ForwardProxy.HasPassword(value) ? "has a password in its plain value"
                : null;
            if (what is not null)
            {
                yield return new(
                    plainAt.Entry(name), $"{what}, which everybody reads who may read the pod", $"a secret key under {secretAt.Key}",
                    $"pulumi config set --secret {SettingPath.Top(KeyFor(name))} <value>, then move it to {secretAt.Key}: {{ {name}: {KeyFor(name)} }}",
                    SettingsProblem.Hidden);
            }
        }

        foreach (var name in secret.Keys.Where(plain.ContainsKey))
        {
            yield return new(
                plainAt.Entry(name), $"is set in {secretAt.Key} as well", $"{plainAt.Key} or {secretAt.Key}", $"remove it from {plainAt.Key}",
                SettingsProblem.Hidden);
        }

        foreach (var name in ConnectEnvironment.Reserved(secret.Keys))
        {
            yield return new(
                secretAt.Entry(name), "is set by the platform itself", "a variable that no setting stands for",
                $"remove {name} and change the setting behind it", secret[name].Key);
        }
    }

    /// <summary>Variables of pipelines, which the Platform shows to every user of the workspace.</summary>
    public static IEnumerable<SettingsProblem> Check(IEnumerable<string> names, SettingPath at) => names.Where(IsSecret).Select(name => new SettingsProblem(
        at.Entry(name), "has the name of a secret, and every user of the Platform's workspace reads its value", "a variable that is no secret",
        $"make it a secret of the Platform's workspace, and remove {name} here", SettingsProblem.Hidden));

    // DB_PASSWORD is dbPassword.
    private static string KeyFor(string name)
    {
        var words = name.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(word => word.ToLowerInvariant()).ToArray();
        return string.Concat(words.Select((word, index) => index == 0 ? word : $"{char.ToUpperInvariant(word[0])}{word[1..]}"));
    }
}
