using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Tests.Infra.Compose;

/// <summary>How Docker Compose reads an env file: a second reading, after its documentation and its parser, that shares nothing with the program's.</summary>
/// <remarks>
/// Docker documentation, "Interpolation", env file syntax: comments and empty lines; NAME=value and NAME: value; quotes; escapes in double quotes; values in
/// single quotes literally; interpolation elsewhere. Where it is silent, compose-go, dotenv/parser.go (extractVarValue, expandEscapes). Read 2026-11-26.
/// </remarks>
internal static partial class ComposeRules
{
    public static Dictionary<string, string> Read(string file)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        var rest = file.Replace("\r\n", "\n", StringComparison.Ordinal);
        while (Statement(rest) is { } statement)
        {
            var (name, value, after) = Value(statement);
            found[name] = value;
            rest = after;
        }

        return found;
    }

    // Skips spaces, empty lines and comments.
    private static string? Statement(string text)
    {
        while (true)
        {
            text = text.TrimStart();
            if (text.Length == 0)
            {
                return null;
            }

            if (text[0] != '#')
            {
                return text;
            }

            var end = text.IndexOf('\n', StringComparison.Ordinal);
            if (end < 0)
            {
                return null;
            }

            text = text[end..];
        }
    }

    private static (string Name, string Value, string After) Value(string text)
    {
        var delimiter = text.AsSpan().IndexOfAny('=', ':');
        var name = text[..delimiter].Trim();
        text = text[(delimiter + 1)..].TrimStart(' ', '\t');
        if (text.Length == 0 || text[0] is not ('"' or '\''))
        {
            var end = text.IndexOf('\n', StringComparison.Ordinal);
            var line = end < 0 ? text : text[..end];
            var comment = line.IndexOf(" #", StringComparison.Ordinal);
            return (name, Interpolated((comment < 0 ? line : line[..comment]).TrimEnd()), end < 0 ? "" : text[(end + 1)..]);
        }

        var quote = text[0];
        var value = new StringBuilder();
        var escaped = false;
        for (var at = 1; at < text.Length; at++)
        {
            if (text[at] == quote && !escaped)
            {
                var inside = value.ToString();
                return (name, quote == '"' ? Interpolated(Escapes().Replace(inside, Expanded)) : inside, text[(at + 1)..]);
            }

            if (text[at] == '\\' && !escaped)
            {
                escaped = true;
                continue;
            }

            // A backslash stays unless it takes the quote into the value.
            value.Append(escaped && text[at] != quote ? "\\" : "").Append(text[at]);
            escaped = false;
        }

        throw new FormatException("unterminated quoted value");
    }

    private static string Expanded(Match escape) => escape.Value[1] switch
    {
        '$' => "$$",
        'n' => "\n",
        'r' => "\r",
        't' => "\t",
        'a' => "\a",
        'b' => "\b",
        'f' => "\f",
        'v' => "\v",
        'c' => escape.Value,
        '0' => ((char)Convert.ToInt32($"0{escape.Value[2..]}", 8)).ToString(CultureInfo.InvariantCulture),
        var letter => letter.ToString(CultureInfo.InvariantCulture),
    };

    // No variable is set, so that every reference becomes nothing.
    private static string Interpolated(string text) => References().Replace(text, reference => reference.Value == "$$" ? "$" : "");

    [GeneratedRegex(@"\\([abcfnrtv$""\\]|0[0-7]{0,3})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Escapes();

    [GeneratedRegex(@"\$\$|\$\{[^}]*\}|\$[A-Za-z_][A-Za-z0-9_]*|\$", RegexOptions.None, 1000)]
    private static partial Regex References();
}
