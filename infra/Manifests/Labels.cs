using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Infra.Manifests;

/// <summary>The recommended labels of Kubernetes for one component of the platform.</summary>
/// <param name="Name">What it is (<c>app.kubernetes.io/name</c>).</param>
/// <param name="Component">Its part in the platform (<c>app.kubernetes.io/component</c>).</param>
/// <param name="Instance">Which one of several; default the platform itself.</param>
/// <param name="Version">Version of what runs, if it has one. Never part of the selector, which cannot change.</param>
public sealed record Labels(string Name, string Component, string Instance = "platform", string? Version = null)
{
    private const string Prefix = "app.kubernetes.io/";

    /// <summary>The labels that select the pods: those that never change in the life of a workload.</summary>
    public ImmutableDictionary<string, string> Selector => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [$"{Prefix}name"] = Name,
        [$"{Prefix}instance"] = Instance,
        [$"{Prefix}component"] = Component,
    }.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>All labels; the selector is a subset.</summary>
    public ImmutableDictionary<string, string> All
    {
        get
        {
            var labels = Selector.Add($"{Prefix}managed-by", "pulumi").Add($"{Prefix}part-of", "studio-platform");
            return Version is null ? labels : labels.Add($"{Prefix}version", Version);
        }
    }
}

/// <summary>A short fingerprint of what pods read but their template does not show, so that a change rolls them.</summary>
public static class ConfigHash
{
    /// <summary>The pod annotation that carries it.</summary>
    public const string Annotation = "studio-platform/config-hash";

    private const int Length = 16;

    /// <summary>The same for equal contents in any order, different for different ones. Contents must not be secret: use the version of a secret.</summary>
    public static string Compute(IEnumerable<KeyValuePair<string, string>> contents)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in contents.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            // Lengths go first, so that no value can pass for the start of the next key.
            text.Append(key.Length).Append(':').Append(key).Append(value.Length).Append(':').Append(value);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..Length];
    }
}
