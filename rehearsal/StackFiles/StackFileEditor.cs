using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Rehearsal.Wire;

namespace Rehearsal.StackFiles;

/// <summary>Changes one setting of a stack file and leaves every other character, comments included, as it is.</summary>
internal static partial class StackFileEditor
{
    private const int Indent = 2;

    /// <summary>Puts a sealed value into a stack file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="project">The project's name.</param>
    /// <param name="key">The full key.</param>
    /// <param name="value">What it is to be: sealed, or a list or mapping with something sealed in it.</param>
    /// <param name="salt">The salt line to add, for a file that has none.</param>
    /// <exception cref="BadInputException">The file is written in a way that this cannot change; it stays as it is.</exception>
    public static void Seal(string path, string project, string key, ConfigValue value, string? salt)
    {
        var file = YamlFile.Read(path);
        var changed = Changed(file, file.Content, project, key, value);
        if (salt is not null)
        {
            changed = WithSalt(changed, salt);
        }
        var staged = path + ".new";
        try
        {
            File.WriteAllText(staged, changed);
            if (!IsWhatWasMeant(StackFile.Read(path, project), staged, project, key, value))
            {
                throw Refused(path);
            }
            File.Move(staged, path, overwrite: true);
        }
        finally
        {
            File.Delete(staged);
        }
    }

    private static string Changed(YamlFile file, string text, string project, string key, ConfigValue value)
    {
        var config = file.Root.Entries.FirstOrDefault(entry => entry.Key.Value == "config");
        if (config.Key is null)
        {
            return $"{Ended(text)}config:\n{Lines(key, Indent, value)}";
        }
        if (config.Value is not YamlMap { Entries.Count: > 0 } section)
        {
            return text[..End(config.Key, text)] + $":\n{Lines(key, Indent, value)}" + RestOfLine(text, EndOf(config.Value, text));
        }
        var found = section.Entries.FirstOrDefault(entry => ConfigReader.FullKey(entry.Key.Value, project) == key);
        if (section.IsFlow)
        {
            throw Refused(file.Path);
        }
        var indent = (int)section.Start.Column - 1;
        if (found.Key is not null)
        {
            var end = EndOf(found.Value, text);
            // Comments inside a list or mapping would be lost with the text that it had
            return value.IsObject && text[End(found.Key, text)..end].Contains('#', StringComparison.Ordinal) ? throw Refused(file.Path)
                : $"{text[..End(found.Key, text)]}:\n{Block(value.ToJson(), indent + Indent).TrimEnd('\n')}{text[end..]}";
        }
        var last = LineEnd(text, EndOf(section, text));
        return $"{Ended(text[..last])}{Lines(key, indent, value)}{text[last..]}";
    }

    // Before the settings, where Pulumi puts it, and below a comment at the top of the file
    private static string WithSalt(string text, string salt)
    {
        var at = $"\n{text}".IndexOf("\nconfig:", StringComparison.Ordinal);
        return text.Insert(Math.Max(0, at), $"encryptionsalt: {salt}\n");
    }

    private static bool IsWhatWasMeant(StackFile before, string staged, string project, string key, ConfigValue meant)
    {
        IReadOnlyDictionary<string, ConfigValue> after;
        try
        {
            after = StackFile.Read(staged, project).Config;
        }
        catch (BadInputException)
        {
            return false;
        }
        var sealedNow = after.TryGetValue(key, out var value) && value.IsSecret && value.IsObject == meant.IsObject
            && JsonNode.DeepEquals(value.ToJson(), meant.ToJson());
        return sealedNow && before.Config.Keys.Append(key).ToHashSet(StringComparer.Ordinal).SetEquals(after.Keys)
            && before.Config.Where(entry => entry.Key != key).All(entry => after[entry.Key].Text == entry.Value.Text);
    }

    private static BadInputException Refused(string path) =>
        new($"{Path.GetFileName(path)} is written in a way that cannot be changed without risk.", "Run it without --write and put the lines in by hand.");

    /// <summary>A setting as lines of a stack file.</summary>
    public static string Lines(string key, int indent, ConfigValue value) => $"{new string(' ', indent)}{key}:\n{Block(value.ToJson(), indent + Indent)}";

    private static string Block(JsonNode? node, int indent)
    {
        var space = new string(' ', indent);
        return node switch
        {
            JsonObject { Count: > 0 } map => string.Concat(map.Select(entry => Entry($"{space}{Scalar(entry.Key)}:", entry.Value, indent))),
            JsonArray { Count: > 0 } list => string.Concat(list.Select(item => item is JsonObject { Count: > 0 } or JsonArray { Count: > 0 }
                ? $"{space}- {Block(item, indent + Indent)[(indent + Indent)..]}" : $"{space}- {Leaf(item)}\n")),
            _ => $"{space}{Leaf(node)}\n",
        };
    }

    private static string Entry(string key, JsonNode? value, int indent) => value is JsonObject { Count: > 0 } or JsonArray { Count: > 0 }
        ? $"{key}\n{Block(value, indent + Indent)}" : $"{key} {Leaf(value)}\n";

    private static string Leaf(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.String
        ? Scalar(value.GetValue<string>()) : node?.ToJsonString(JsonText.Compact) ?? "null";

    // JSON's quoted text is YAML's, too
    private static string Scalar(string text) => Plain().IsMatch(text) ? text : JsonSerializer.Serialize(text, JsonText.Compact);

    // A word that no reader of YAML takes for anything but text: not yes, no, on, off, true, false, null, .inf; and sealed values
    [GeneratedRegex(@"^(v1:[\w+/=]+:[\w+/=]+|(?!(?i:y|n|yes|no|on|off|true|false|null)$)[A-Za-z][\w-]*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Plain();

    private static string Ended(string text) => text.Length == 0 || text.EndsWith('\n') ? text : text + "\n";

    private static int End(YamlScalar key, string text) => text.IndexOf(':', (int)key.End.Index);

    private static int LineEnd(string text, int from) => text.IndexOf('\n', from) is >= 0 and var end ? end + 1 : text.Length;

    private static string RestOfLine(string text, int from) => text[LineEnd(text, from)..];

    // The library's own end of a mapping or list is the end of its first token; the last scalar's end is where a block's text ends
    private static int EndOf(YamlNode node, string text) => node switch
    {
        YamlMap map => Closed(text, map.IsFlow ? '}' : null, Last(map, map.Entries.SelectMany(entry => new[] { entry.Key, entry.Value }), text)),
        YamlList list => Closed(text, list.IsFlow ? ']' : null, Last(list, list.Items, text)),
        _ => (int)node.End.Index,
    };

    private static int Last(YamlNode node, IEnumerable<YamlNode> children, string text)
        => children.Aggregate((int)node.Start.Index, (end, child) => Math.Max(end, EndOf(child, text)));

    private static int Closed(string text, char? bracket, int end) => bracket is { } close && text.IndexOf(close, end) is >= 0 and var at ? at + 1 : end;
}
