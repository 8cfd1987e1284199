using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Rehearsal.StackFiles;

/// <summary>One YAML document on disk, and the words for what is wrong at a place in it.</summary>
internal sealed class YamlFile
{
    private YamlFile(string path, YamlMappingNode root)
    {
        Path = path;
        Root = root;
    }

    public string Path { get; }

    public YamlMappingNode Root { get; }

    /// <summary>Reads a file whose document is a mapping; an empty file is an empty mapping.</summary>
    /// <exception cref="BadInputException">The file cannot be read, is not YAML, or holds something else.</exception>
    public static YamlFile Read(string path)
    {
        var text = ReadText(path);
        var stream = new YamlStream();
        var scanner = new Scanner(new StringReader(text));
        try
        {
            var parser = new Parser(scanner);
            // The merging parser loses the place of most errors, so it is there only for `<<:`
            stream.Load(text.Contains("<<", StringComparison.Ordinal) ? new MergingParser(parser) : parser);
        }
        catch (YamlException e)
        {
            var hint = text.Contains('\t', StringComparison.Ordinal) ? "YAML is indented with spaces; this file has tabs." : null;
            // An anchor that is missing is noticed at the end, without a place
            var place = e.Start.Index == 0 ? Name(path) : Place(path, e.Start);
            throw new BadInputException($"{place}: this is not valid YAML: {Sentence(e)}", hint, e);
        }
        catch (InvalidOperationException e)
        {
            // YamlDotNet 18.1.0 ends so, without a place, where a line begins a new key inside brackets: `a: [1, 2`, then `b: 3`
            throw new BadInputException(
                $"{Place(path, scanner.CurrentPosition)}: this is not valid YAML: a bracket that was opened before is not closed.", null, e);
        }
        if (stream.Documents.Count > 1)
        {
            throw At(path, stream.Documents[1].RootNode, "a second document begins here; the file has to hold one.");
        }
        if (stream.Documents.Count == 0 || IsNull(stream.Documents[0].RootNode))
        {
            return new YamlFile(path, []);
        }
        if (stream.Documents[0].RootNode is YamlMappingNode root)
        {
            return new YamlFile(path, root);
        }
        throw At(path, stream.Documents[0].RootNode, "the file has to hold `key: value` lines.");
    }

    public BadInputException At(YamlNode node, string problem, string? fix = null) => At(Path, node, problem, fix);

    public IEnumerable<(YamlScalarNode Key, YamlNode Value)> Entries(YamlMappingNode mapping)
    {
        foreach (var (key, value) in mapping.Children)
        {
            yield return key is YamlScalarNode scalar ? (scalar, value) : throw At(key, "a key has to be plain text.");
        }
    }

    /// <summary>The text under a key of the root, or null when the key is absent or has no value.</summary>
    public string? Text(string key)
    {
        if (!Root.Children.TryGetValue(new YamlScalarNode(key), out var node) || IsNull(node))
        {
            return null;
        }
        return node is YamlScalarNode scalar ? scalar.Value : throw At(node, $"`{key}` has to be text.");
    }

    public YamlMappingNode? Mapping(string key)
    {
        if (!Root.Children.TryGetValue(new YamlScalarNode(key), out var node) || IsNull(node))
        {
            return null;
        }
        return node as YamlMappingNode ?? throw At(node, $"`{key}` has to hold `key: value` lines.");
    }

    public static bool IsNull(YamlNode node) => node is YamlScalarNode scalar && YamlScalars.IsNull(scalar);

    private static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new BadInputException($"{Name(path)} cannot be read: {e.Message}", "Check that the file is there and that you may read it.", e);
        }
    }

    private static BadInputException At(string path, YamlNode node, string problem, string? fix = null) => new($"{Place(path, node.Start)}: {problem}", fix);

    private static string Place(string path, Mark mark) => $"{Name(path)}, line {mark.Line}, column {mark.Column}";

    private static string Name(string path)
        => System.IO.Path.GetRelativePath(Environment.CurrentDirectory, path) is var relative && relative.StartsWith("..", StringComparison.Ordinal)
            ? path
            : relative;

    // The library's own message, which may be wrapped in "(Line: 3, Col: 1, Idx: 20) - (Line: ...): "
    private static string Sentence(YamlException e)
    {
        var message = (e.InnerException ?? e).Message;
        var end = message.StartsWith("(Line", StringComparison.Ordinal) ? message.IndexOf("): ", StringComparison.Ordinal) : -1;
        message = end < 0 ? message : message[(end + 3)..];
        return message.EndsWith('.') ? message : message + ".";
    }
}

/// <summary>What a scalar inside a structured value means: YAML's types as Pulumi's own reader (gopkg.in/yaml.v3) resolves them.</summary>
/// <remarks>
/// <c>3</c>, <c>0x1F</c>, <c>0o17</c>, <c>017</c> and <c>1_000</c> are integers; <c>1.5</c> and <c>1e3</c> floats; <c>true</c>, <c>True</c>, <c>TRUE</c>
/// booleans; <c>~</c> and <c>null</c> nothing;
/// <c>2026-01-31</c> a time; <c>yes</c>, <c>on</c> and everything in quotes text.
/// </remarks>
internal static partial class YamlScalars
{
    private const string StringTag = "tag:yaml.org,2002:str";

    private static readonly string[] TimeFormats =
    [
        "yyyy-M-d", "yyyy-M-dTH:m:s.FFFFFFFK", "yyyy-M-dtH:m:s.FFFFFFFK", "yyyy-M-d H:m:s.FFFFFFFK", "yyyy-M-d H:m:s.FFFFFFF K",
    ];

    public static bool IsNull(YamlScalarNode scalar) => IsPlain(scalar) && scalar.Value is null or "" or "~" or "null" or "Null" or "NULL";

    public static JsonNode? ToJson(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (!IsPlain(scalar))
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

    private static bool IsPlain(YamlScalarNode scalar) =>
        scalar.Style is ScalarStyle.Plain or ScalarStyle.Any && (scalar.Tag.IsEmpty || scalar.Tag.Value != StringTag);

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
