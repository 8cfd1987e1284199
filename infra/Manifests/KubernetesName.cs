using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Infra.Manifests;

/// <summary>A name that Kubernetes accepts everywhere: an RFC 1123 label of at most 63 characters that starts with a letter.</summary>
public sealed partial record KubernetesName
{
    /// <summary>Longest label of RFC 1123, in characters.</summary>
    public const int MaximumLength = 63;

    private const int HashLength = 8;

    private KubernetesName(string text) => Text = text;

    public string Text { get; }

    public static bool TryParse(string? text, [NotNullWhen(true)] out KubernetesName? name)
    {
        name = text is { Length: <= MaximumLength } && Shape().IsMatch(text) ? new KubernetesName(text) : null;
        return name is not null;
    }

    public static KubernetesName Parse(string text) =>
        TryParse(text, out var name)
            ? name
            : throw new FormatException(
                $"'{text}' is not a Kubernetes name: it must be 1 to {MaximumLength} lower-case letters, digits and inner hyphens, and start with a letter.");

    /// <summary>
    /// Joins the parts with hyphens; what would be too long keeps its start and ends in a hash of the whole, so that different joins stay different.
    /// </summary>
    public static KubernetesName Join(params ReadOnlySpan<KubernetesName> parts)
    {
        var joined = string.Join('-', parts.ToArray().Select(part => part.Text));
        return Parse(joined.Length <= MaximumLength ? joined : Truncated(joined));
    }

    public override string ToString() => Text;

    private static string Truncated(string joined)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(joined)))[..HashLength];
        var start = joined[..(MaximumLength - HashLength - 1)].TrimEnd('-');
        return $"{start}-{hash}";
    }

    // "connect-proxy"; not "Connect", "1st", "a_b", "-a", "a-" or "a.b". A leading digit is valid for pods but not for Services (RFC 1035 label).
    [GeneratedRegex(@"\A[a-z]([a-z0-9-]*[a-z0-9])?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shape();
}
