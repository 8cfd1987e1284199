using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Rehearsal.StackFiles;

/// <summary>What a scalar inside a structured value means: YAML's types as Pulumi's own reader (gopkg.in/yaml.v3) resolves them.</summary>
/// <remarks>
/// <c>3</c>, <c>0x1F</c>, <c>0o17</c>, <c>017</c> and <c>1_000</c> are integers; <c>1.5</c> and <c>1e3</c> floats; <c>true</c>, <c>True</c>, <c>TRUE</c>
/// booleans; <c>~</c> and <c>null</c> nothing;
/// <c>2026-01-31</c> a time; <c>yes</c>, <c>on</c> and everything in quotes text.
/// </remarks>
internal static partial class YamlScalars
{
    private static readonly string[] TimeFormats =
    [
        "yyyy-M-d", "yyyy-M-dTH:m:s.FFFFFFFK", "yyyy-M-dtH:m:s.FFFFFFFK", "yyyy-M-d H:m:s.FFFFFFFK", "yyyy-M-d H:m:s.FFFFFFF K",
    ];

    public static bool IsNull(YamlScalar scalar) => scalar is { IsPlain: true, Value: "" or "~" or "null" or "Null" or "NULL" };

    public static bool IsTrue(YamlNode node) => node is YamlScalar { IsPlain: true, Value: "true" or "True" or "TRUE" };

    public static JsonNode? ToJson(YamlScalar scalar)
    {
        var text = scalar.Value;
        if (!scalar.IsPlain)
        {
            return text;
        }
        if (IsNull(scalar))
        {
            return null;
        }
        if (text is "true" or "True" or "TRUE")
        {
            return true;
        }
        if (text is "false" or "False" or "FALSE")
        {
            return false;
        }
        if (!char.IsAsciiDigit(text[0]) && text[0] is not ('-' or '+' or '.'))
        {
            return text;
        }
        return Integer(text) ?? Float(text) ?? Time(text) ?? text;
    }

    private static JsonNode? Integer(string text)
    {
        var match = Integers().Match(text);
        if (!match.Success)
        {
            return null;
        }
        var digits = match.Groups["digits"].Value.Replace("_", "", StringComparison.Ordinal);
        var style = match.Groups["base"].Value;
        try
        {
            var value = style switch
            {
                "0x" => long.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                "0b" => Convert.ToInt64(digits, 2),
                "0o" or "0" => Convert.ToInt64(digits, 8),
                _ => long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture),
            };
            return match.Groups["sign"].Value == "-" ? -value : value;
        }
        catch (Exception e) when (e is OverflowException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static JsonValue? Float(string text) =>
        Floats().IsMatch(text)
            && double.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value)
            ? JsonValue.Create(value)
            : null;

    private static JsonNode? Time(string text) =>
        Times().IsMatch(text) && DateTimeOffset.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToString(
                time.Offset == TimeSpan.Zero ? "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture)
            : null;

    [GeneratedRegex("^(?<sign>[-+]?)(?<base>0x|0b|0o|0(?=[0-9_]))?(?<digits>[0-9a-fA-F][0-9a-fA-F_]*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Integers();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9][0-9_]*(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Floats();

    [GeneratedRegex("^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].+)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Times();
}
