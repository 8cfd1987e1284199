using System.Text.RegularExpressions;
using Rehearsal.Wire;

namespace Operate.Diagnosing;

/// <summary>What looks like a secret, whoever's it is: it is taken out although nobody told its value.</summary>
/// <remarks>
/// Rather too much than too little: a sentence such as "token: expired" loses its second word, and a bundle is no worse for it. What follows a name that says
/// "name" or "ref" stays, as it names a Secret and is needed.
/// </remarks>
internal static partial class SecretPatterns
{
    // A megabyte on a machine that does other things as well
    private const int Patience = 60_000;

    // Names that hold a word for a secret and no secret
    private static readonly Regex HarmlessName = Harmless();

    /// <summary>Takes out what looks like a secret.</summary>
    /// <param name="text">The text.</param>
    /// <param name="found">Hears of the kind of each that was found.</param>
    public static string Apply(string text, Action<string> found)
    {
        text = Replace(text, PrivateKey(), "private keys", found);
        text = Replace(text, EndOfPrivateKey(), "private keys", found);
        text = Replace(text, WebToken(), "tokens", found);
        text = Replace(text, AwsKey(), "access keys of AWS", found);
        text = Replace(text, ForgeToken(), "tokens", found);
        text = Replace(text, Header(), "headers of HTTP", found, keep: "name");
        text = Replace(text, Bearer(), "headers of HTTP", found, keep: "name");
        text = Replace(text, UserInfo(), "passwords in URLs", found, keep: "name", end: "@");
        text = Replace(text, Flag(), "values of a telling name", found, keep: "name");
        // Most texts have no such word, and one look for it costs less than the whole pattern
        if (!TellingName().IsMatch(text))
        {
            return text;
        }

        text = Block().Replace(text, match => Masked(match, found));
        return Named().Replace(text, match => Masked(match, found));
    }

    /// <summary>Whether a name says that its value is a secret: <c>CONNECT_REDIS_PASSWORD</c>, <c>client-secret</c>.</summary>
    public static bool IsTelling(string name) => TellingName().IsMatch(name) && !HarmlessName.IsMatch(name);

    private static string Masked(Match match, Action<string> found)
    {
        var value = match.Groups["value"].Value;
        var key = match.Groups["key"].Value;
        // Types and URNs of Pulumi: random:index/randomPassword:RandomPassword, LauncherToken::research
        if (HarmlessName.IsMatch(key) || NoSecret().IsMatch(value) || value.StartsWith(':') || value.Equals(key, StringComparison.OrdinalIgnoreCase))
        {
            return match.Value;
        }

        found("values of a telling name");
        var line = value.EndsWith('\n') ? "\n" : "";
        return $"{match.Groups["name"].Value}{match.Groups["indent"].Value}{(match.Groups["indent"].Success ? "  " : "")}{PropertyMask.Text}{line}";
    }

    private static string Replace(string text, Regex pattern, string kind, Action<string> found, string? keep = null, string end = "") =>
        pattern.Replace(text, match =>
        {
            var kept = keep is null ? "" : match.Groups[keep].Value;
            if (match.Value.Length == kept.Length + end.Length || match.Value == $"{kept}{PropertyMask.Text}{end}")
            {
                return match.Value;
            }

            found(kind);
            return $"{kept}{PropertyMask.Text}{end}";
        });

    // Whole, cut off at its end, or in a JSON text with \n for its lines
    [GeneratedRegex(
        @"-----BEGIN [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----([\s\S]*?-----END [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----|([A-Za-z0-9+/=]|\s|\\[nr]|\[secret\])*)",
        RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex PrivateKey();

    // Cut off at its beginning, as the tail of a log is
    [GeneratedRegex(
        @"([A-Za-z0-9+/=]{16,}(\s|\\[nr])+)+[A-Za-z0-9+/=]*(\s|\\[nr])*-----END [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----",
        RegexOptions.ExplicitCapture,
        Patience
    )]
    private static partial Regex EndOfPrivateKey();

    // JSON Web Tokens, sealed ones too, and the two-part tokens of Seqera Platform: all begin with {" in base64
    [GeneratedRegex(@"\beyJ[A-Za-z0-9_-]{6,}={0,2}(\.[A-Za-z0-9_-]{6,}={0,2}){1,4}", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex WebToken();

    [GeneratedRegex(@"\b(AKIA|ASIA)[A-Z0-9]{16}\b", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex AwsKey();

    // GitHub, GitLab, Slack, Google, npm, Pulumi Cloud, Docker Hub: by the beginnings that their makers publish for scanners
    [GeneratedRegex(
        @"\b(gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{22,}|gl(pat|dt|rt|cbt|ptt|ft|imt|agent|soat|oas|ffct)-[A-Za-z0-9_.-]{16,}"
        + @"|xox[abeoprs]-[A-Za-z0-9-]{10,}"
        + @"|AIza[0-9A-Za-z_-]{35}|ya29\.[0-9A-Za-z_-]{20,}|npm_[A-Za-z0-9]{30,}|pul-[0-9a-f]{40}|dckr_pat_[A-Za-z0-9_-]{20,})",
        RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex ForgeToken();

    [GeneratedRegex(
        @"(?<name>\b((proxy-)?authorization|(set-)?cookie|x-[a-z-]*(token|key|signature))\\*[""']?\s*[:=](?![\s""'\\]*(true"
        + @"|false)\b)\s*\\*[""']?)[^\r\n""'\\]+",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, Patience)]
    private static partial Regex Header();

    [GeneratedRegex(@"(?<name>\b(bearer|basic)\s+)[A-Za-z0-9._~+/=-]{12,}", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, Patience)]
    private static partial Regex Bearer();

    // Up to the last @ of the word: passwords hold @ and / too. What begins with a port and a path holds no password.
    [GeneratedRegex(@"(?<name>[A-Za-z][A-Za-z0-9+.-]*://[^\s""'<>:/@]*:)(?!\d{1,5}(/|$))[^\s""'<>]+@", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex UserInfo();

    // --redis-password hunter2
    [GeneratedRegex(
        @"(?<name>(?<![\w-])--?[\w-]*(password|passwd|passphrase|secret|token|api-?key|licen[cs]e-?key)\s+)(?!-)\S+",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        Patience
    )]
    private static partial Regex Flag();

    private const string Telling =
        @"(password|passwd|passphrase|pwd|secret|token|api[_.-]?key|access[_.-]?key|private[_.-]?key|secret[_.-]?key|encryption[_.-]?key"
        + @"|signing[_.-]?key|cookie[_.-]?key"
        + @"|licen[cs]e[_.-]?key|licen[cs]e|credentials?|signature|\bsig\b|(?<![\w.-])auth(?![\w.-]))";

    [GeneratedRegex(Telling, RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, Patience)]
    private static partial Regex TellingName();

    // Key, separator, value: in quotes of its own, in those of a text inside a JSON text, to the end of a line of YAML or an .ini file, or a word
    [GeneratedRegex(
        @"(?<name>(?<key>(?<![\w.-])[\w.-]*"
            + Telling
            + @"[\w.-]*)\\*[""']?[ \t]*(:=|=>|==|=|:)[ \t]*)"
            + @"(?<value>""([^""\\]|\\.)*""|'[^']*'|\\+""((?!\\+"")[\s\S])*\\+"""
            + @"|(?<=^[ \t-]*[\w.-]+[ \t]*[:=][ \t]*)[^\s""'][^\r\n]*|[^\s""'\\][^\s""']*|[""'][^\r\n]*)",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.Multiline,
        Patience
    )]
    private static partial Regex Named();

    // A key, a bar, and the lines below both
    [GeneratedRegex(
        @"(?<name>^(?<indent>[ \t]*)(?<key>[\w.-]*" + Telling + @"[\w.-]*):[ \t]*[|>][-+\d]*[ \t]*\r?\n)(?<value>(\k<indent>[ \t]+[^\n]*(\n|$))+)",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.Multiline, Patience)]
    private static partial Regex Block();

    [GeneratedRegex(
        @"(name|names|ref|refs|ref\.key|file|files|path|paths|dir|directory|url|uri|host|port|server|arn|type|mode|enabled|required|rotation|version"
        + @"|expiry|expiration|ttl|seconds|days_left"
            + @"|pullsecrets?|existingsecrets?|registrationtokensecret|signingkeysecret|sshhostkeysecret|passwordsecret|testuserSecret"
            + @"|scimtokensecret|tokensecret|sessionsecret"
            + @"|automountserviceaccounttoken|serviceaccounttoken|licen[cs]es|imagepullcredential|secrets|tokens|authorization-enabled|token-count)$",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        Patience
    )]
    private static partial Regex Harmless();

    [GeneratedRegex(
        @"^(""""|''|[""']?(true|false|null|none|nil|~|\[secret\]|\[unknown\]|<nil>)[""']?[,;]?|[{\[|>&*][-+]?[\d]*)[ \t]*$",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        Patience
    )]
    private static partial Regex NoSecret();
}
