using System.Collections.Immutable;

namespace Infra.Namespaces;

/// <summary>The namespace labels of Pod Security Admission.</summary>
public static class PodSecurityLabels
{
    private const string Prefix = "pod-security.kubernetes.io/";

    /// <summary>Pods under <paramref name="enforce"/> are refused; those under <paramref name="warn"/> are admitted, with a warning to whoever made them and an audit record.</summary>
    public static ImmutableDictionary<string, string> Of(PodSecurityLevel enforce, PodSecurityLevel warn) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [$"{Prefix}enforce"] = Spell(enforce),
        [$"{Prefix}enforce-version"] = "latest",
        [$"{Prefix}audit"] = Spell(warn),
        [$"{Prefix}audit-version"] = "latest",
        [$"{Prefix}warn"] = Spell(warn),
        [$"{Prefix}warn-version"] = "latest",
    }.ToImmutableDictionary(StringComparer.Ordinal);

    private static string Spell(PodSecurityLevel level) => level.ToString().ToLowerInvariant();
}
