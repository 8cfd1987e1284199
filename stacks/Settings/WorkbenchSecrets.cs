using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>A secret is given in one of two ways: sealed in the stack file, or by a Secret that others look after.</summary>
internal static class WorkbenchSecretRules
{
    /// <summary>What is wrong with the two; null if exactly one is given.</summary>
    /// <param name="secret">What the stack file seals.</param>
    /// <param name="existing">Name of the Secret.</param>
    /// <param name="key">Top-level key of what is sealed.</param>
    /// <param name="at">Where the name of the Secret stands.</param>
    /// <param name="platform">The whole stack.</param>
    public static SettingsProblem? CheckOne(SecretSetting? secret, string? existing, string key, SettingPath at, PlatformSettings platform) =>
        (secret, existing) switch
        {
            (null, null) => new(
                at, $"is missing, and so is platform:{key}", "one of the two", $"pulumi config set --secret platform:{key} <value>, or {at.Key}: <name>"),
            (not null, not null) => new(
                at, $"is given beside platform:{key}, and only one can be read", "one of the two", $"pulumi config rm platform:{key}, or remove {at.Key}",
                existing),
            (null, not null) => CheckThere(existing, at, platform, $", or give platform:{key} instead"),
            _ => null,
        };

    /// <summary>What is wrong with a Secret that others look after: the namespace is made in the same update in which the pods already look for it.</summary>
    public static SettingsProblem? CheckThere(string existing, SettingPath at, PlatformSettings platform, string otherwise = "") =>
        platform.Workbench is { CreateNamespace: true }
            ? new(
                at, "names a Secret of a namespace that this stack is going to make, so that it cannot exist yet", "given with createNamespace: false",
                $"make the namespace and the Secret first and set createNamespace: false{otherwise}", existing)
            : null;
}
