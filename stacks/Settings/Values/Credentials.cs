using System.Text.RegularExpressions;

namespace Stacks.Settings.Values;

/// <summary>Passwords and keys that stand inside of a text which should hold none.</summary>
public static class Credentials
{
    // A text may be long, and whoever wrote it did not mean to be searched: time grows with its length only.
    private const RegexOptions Options =
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    // RFC 3986, userinfo with a colon in it, with a scheme or without; libpq's connection strings and parameters of URIs. An image has no host behind its @.
    private static readonly string[] Patterns =
    [
        @"://\S*:\S*@",
        @"\A[^\s:/@]+:/?[^\s/]\S*@[^\s/:@]+(:[0-9]{1,5})?(/\S*)?\z",
        @"(\A|[^a-z])(password|passwd|pwd|pass)\s*=",
        "-----BEGIN [A-Z ]*PRIVATE KEY-----",
    ];

    public static bool AreIn(string text) => Patterns.Any(pattern => Regex.IsMatch(text, pattern, Options, TimeSpan.FromSeconds(1)));
}
