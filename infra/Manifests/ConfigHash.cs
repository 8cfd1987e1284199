using System.Security.Cryptography;
using System.Text;

namespace Infra.Manifests;

/// <summary>A short fingerprint of what pods read but their template does not show, so that a change rolls them.</summary>
public static class ConfigHash
{
    /// <summary>The pod annotation that carries it.</summary>
    public const string Annotation = "studio-platform/config-hash";

    private const int Length = 16;

    /// <summary>The same for equal contents in any order, different for different ones. Contents must not be secret: use the version of a secret.</summary>
    public static string Of(IEnumerable<KeyValuePair<string, string>> contents)
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
