using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Infra.Dns;

/// <summary>A lower-case DNS name of at least two labels, of which the first may be the wildcard <c>*</c>.</summary>
public sealed partial record DomainName
{
    // RFC 1035 2.3.4: 253 characters of text for the whole name; a label has at most 63 (in the expression below).
    private const int MaximumLength = 253;

    private DomainName(string text) => Text = text;

    /// <summary>The name without a trailing dot.</summary>
    public string Text { get; }

    public bool IsWildcard => Text.StartsWith("*.", StringComparison.Ordinal);

    public IReadOnlyList<string> Labels => Text.Split('.');

    public static bool TryParse(string? text, [NotNullWhen(true)] out DomainName? name)
    {
        var lower = text?.ToLowerInvariant();
        name = lower is { Length: <= MaximumLength } && Shape().IsMatch(lower) ? new DomainName(lower) : null;
        return name is not null;
    }

    public static DomainName Parse(string text) =>
        TryParse(text, out var name)
            ? name
            : throw new FormatException(
                $"'{text}' is not a domain name: it must have two or more labels of letters, digits and inner hyphens, without scheme, port or path; the first "
                    + "label may be '*'.");

    /// <summary>The name under which this one stands: without its first label.</summary>
    public DomainName Parent() =>
        Labels.Count > 2
            ? new DomainName(Text[(Text.IndexOf('.', StringComparison.Ordinal) + 1)..])
            : throw new InvalidOperationException($"'{Text}' has no parent domain with two labels.");

    /// <summary>The name with one more label in front.</summary>
    public DomainName Child(string label) => Parse($"{label}.{Text}");

    /// <summary>The wildcard for the names one label below this one.</summary>
    public DomainName Wildcard() => Child("*");

    public bool IsSubdomainOf(DomainName other) => Text.EndsWith($".{other.Text}", StringComparison.Ordinal);

    /// <summary>Whether a certificate for this name is good for the other: equal, or a wildcard exactly one label above (RFC 6125 6.4.3).</summary>
    public bool Covers(DomainName other)
    {
        if (this == other)
        {
            return true;
        }

        return IsWildcard && !other.IsWildcard && other.Labels.Count == Labels.Count && other.Text.EndsWith(Text[1..], StringComparison.Ordinal);
    }

    public override string ToString() => Text;

    // "connect.example.com" and "*.example.com"; not "https://example.com", "example", "-a.com", "a_b.com" or "*.*.com".
    [GeneratedRegex(
        @"\A(\*\.|[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\z",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Shape();
}

/// <summary>
/// The address of a web server: scheme, host and port, without path. It is written without a trailing slash, as both ends of an OIDC registration must spell it
/// alike.
/// </summary>
public sealed record WebOrigin
{
    private WebOrigin(string text, int port)
    {
        Text = text;
        Port = port;
    }

    public string Text { get; }

    /// <summary>The TCP port, also where the scheme implies it.</summary>
    public int Port { get; }

    public string Host => new Uri(Text).Host;

    public bool IsHttps => Text.StartsWith("https://", StringComparison.Ordinal);

    public static bool TryParse(string? text, [NotNullWhen(true)] out WebOrigin? origin)
    {
        origin = null;
        // The library takes spaces around an address and an empty user before the host, and nobody else does.
        if (text?.Any(letter => char.IsWhiteSpace(letter) || letter == '@') != false || !Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri is not
            {
                Scheme: "http" or "https",
                AbsolutePath: "/",
                Query: "",
                Fragment: "",
                UserInfo: "",
            })
        {
            return false;
        }

        origin = new WebOrigin(uri.GetLeftPart(UriPartial.Authority), uri.Port);
        return true;
    }

    public static WebOrigin Parse(string text) =>
        TryParse(text, out var origin)
            ? origin
            : throw new FormatException(
                $"'{text}' is not the address of a web server: it must be https:// and a host, optionally with a port, without path or user.");

    public override string ToString() => Text;
}
