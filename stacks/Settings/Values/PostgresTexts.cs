using System.Text.RegularExpressions;

namespace Stacks.Settings.Values;

/// <summary>Where a PostgreSQL server listens: what stands between <c>@</c> and the port in a URI.</summary>
public static class PostgresHost
{
    /// <summary>What is wrong with a text that is none, as a clause that does not repeat it; null where the noun says enough.</summary>
    public static string? Problem(string text) => text switch
    {
        _ when text.Contains("://", StringComparison.Ordinal) && Credentials.AreIn(text) => "is a URI with a password inside",
        _ when text.Contains("://", StringComparison.Ordinal) => "is a URI",
        _ when text.Contains('=') => "is a connection string",
        _ when text.Contains('@') => "has a user before it",
        _ when text.Contains(':') => "has a port or is an IPv6 address",
        _ when text.StartsWith('/') => "is a socket of the pod's own machine",
        _ when LocalHost.IsOne(text) => "is each pod's own machine as the pod sees it",
        _ => null,
    };
}

/// <summary>Passwords that stand inside of a text which should hold none.</summary>
public static class Credentials
{
    // RFC 3986, userinfo with a colon in it, with a scheme or without; libpq's connection strings and parameters of URIs. An image has no host behind its @.
    private static readonly string[] Patterns =
    [
        @"://\S*:\S*@",
        @"\A[^\s:/@]+:(?!//)\S+@[^\s/:@]+(:[0-9]{1,5})?(/\S*)?\z",
        @"(\A|[^a-z])(password|passwd|pwd|pass)\s*=",
    ];

    public static bool AreIn(string text) => Patterns.Any(pattern => Regex.IsMatch(text, pattern, Options, TimeSpan.FromSeconds(1)));

    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;
}
