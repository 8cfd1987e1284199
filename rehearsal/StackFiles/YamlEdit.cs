using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Rehearsal.Wire;

namespace Rehearsal.StackFiles;

/// <summary>Puts one value into the text of a YAML document: at its place, in the style that stands there, and nothing else is touched.</summary>
/// <param name="text">The document.</param>
/// <remarks>It works by the positions of what was read, so whoever calls reads the result again: text that YAML allows and nobody writes may lead it astray.</remarks>
internal sealed partial class YamlEdit(string text)
{
    private readonly string _lineEnd = text.IndexOf('\n', StringComparison.Ordinal) is > 0 and var at && text[at - 1] == '\r' ? "\r\n" : "\n";

    /// <summary>The text with a value at the end of a path, or null where it leads through an alias or another kind of value.</summary>
    /// <param name="node">Where the path begins.</param>
    /// <param name="path">Names and indexes.</param>
    /// <param name="value">The value.</param>
    public string? Put(YamlNode node, IReadOnlyList<object> path, JsonNode value) => node switch
    {
        YamlMap map => Put(map, path, value),
        YamlList list when path[0] is int index && index <= list.Items.Count => Put(list, index, path, value),
        _ => null,
    };

    /// <summary>The text with a further entry of a mapping.</summary>
    /// <param name="map">The mapping, with at least one entry if it is no flow mapping.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">Its value.</param>
    public string Add(YamlMap map, string key, JsonNode value)
    {
        if (map.IsFlow)
        {
            return AddToFlow(map, map.Entries.Select(entry => entry.Value), $"{JsonValue.Create(key).ToJsonString(JsonText.Compact)}: {Flow(value)}");
        }
        return InsertBehind(map, YamlLines.Entry(key, (int)map.Entries[0].Key.Start.Column - 1, value));
    }

    /// <summary>The text with lines behind everything else.</summary>
    public string Append(string lines) => (text.Length == 0 || text.EndsWith('\n') ? text : text + _lineEnd) + Ended(lines);

    /// <summary>The text with lines at a place, which is where a line begins.</summary>
    public string Insert(int at, string lines) => text.Insert(at, Ended(lines));

    /// <summary>The text with other lines below a key, or behind it, than its value, of which it has none or an empty one.</summary>
    public string Fill(YamlScalar key, YamlNode value, string lines)
    {
        var (from, to) = (Colon(key) + 1, IsWithin(key, value) ? EndOf(value) : Colon(key) + 1);
        // A comment behind the key stays there
        return lines.Contains('\n', StringComparison.Ordinal)
            ? InsertAt(LineEnd(text[..from] + text[to..], from), text[..from] + text[to..], lines)
            : text[..from] + lines + text[to..];
    }

    private string? Put(YamlMap map, IReadOnlyList<object> path, JsonNode value)
    {
        if (path[0] is not string name)
        {
            return null;
        }
        var found = map.Entries.FirstOrDefault(entry => entry.Key.Value == name && IsOwn(map, entry.Key));
        if (found.Key is null)
        {
            return map.Entries.Count == 0 && !map.IsFlow ? null : Add(map, name, ConfigPath.Around(value, path.Skip(1)));
        }
        if (!IsWithin(found.Key, found.Value))
        {
            // An alias: only where it is all of the value can another stand in its place
            var alias = Alias().Match(text, Colon(found.Key) + 1);
            return path.Count == 1 && alias.Success ? text[..alias.Index] + Beside(map, found.Key, value) + text[(alias.Index + alias.Length)..] : null;
        }
        if (path.Count > 1 && found.Value is YamlMap or YamlList)
        {
            return Put(found.Value, path.Skip(1).ToList(), value);
        }
        var whole = ConfigPath.Around(value, path.Skip(1));
        return Sealed(whole) is { } ciphertext && found.Value is YamlMap { Entries: [({ Value: "secure" }, YamlScalar old)] }
            ? text[..(int)old.Start.Index] + ciphertext + text[(int)old.End.Index..]
            : Replaced(map, found.Key, found.Value, whole);
    }

    private string? Put(YamlList list, int index, IReadOnlyList<object> path, JsonNode value)
    {
        var whole = ConfigPath.Around(value, path.Skip(1));
        if (index == list.Items.Count)
        {
            return list.IsFlow ? AddToFlow(list, list.Items, Flow(whole))
                : InsertBehind(list, YamlLines.Item((int)list.Start.Column - 1, whole));
        }
        var item = list.Items[index];
        if (item.Start.Index < (index == 0 ? list.Start : list.Items[index - 1].Start).Index || index > 0 && item == list.Items[index - 1])
        {
            return null;
        }
        if (path.Count > 1 && item is YamlMap or YamlList)
        {
            return Put(item, path.Skip(1).ToList(), value);
        }
        var changed = list.IsFlow ? Flow(whole) : YamlLines.Block(whole, (int)item.Start.Column - 1).Trim();
        return text[..(int)item.Start.Index] + changed.ReplaceLineEndings(_lineEnd) + text[Trimmed(EndOf(item))..];
    }

    // The comments of what goes would go with it
    private string? Replaced(YamlMap map, YamlScalar key, YamlNode old, JsonNode value)
    {
        var from = Colon(key) + 1;
        var to = Math.Max(from, Trimmed(EndOf(old)));
        return text[from..to].Contains('#', StringComparison.Ordinal) ? null : text[..from] + Beside(map, key, value) + text[to..];
    }

    // What stands behind the colon of a key
    private string Beside(YamlMap map, YamlScalar key, JsonNode value) => map.IsFlow
        ? $" {Flow(value)}"
        : YamlLines.Value((int)key.Start.Column - 1, value).TrimEnd('\n').ReplaceLineEndings(_lineEnd);

    private string AddToFlow(YamlNode node, IEnumerable<YamlNode> children, string added)
    {
        var last = children.Any() ? Last(node, node is YamlMap map ? Parts(map) : children) : -1;
        if (last < 0)
        {
            return text.Insert(text.IndexOf(node is YamlMap ? '{' : '[', (int)node.Start.Index) + 1, added);
        }
        var comma = Comma().Match(text, last);
        return comma.Success ? text.Insert(comma.Index + comma.Length, $" {added}") : text.Insert(last, $", {added}");
    }

    private string InsertBehind(YamlNode node, string lines) => InsertAt(LineEnd(text, Trimmed(EndOf(node))), text, lines);

    private string InsertAt(int at, string whole, string lines)
        => at > 0 && whole[at - 1] != '\n' ? whole[..at] + _lineEnd + Ended(lines) + whole[at..] : whole.Insert(at, Ended(lines));

    private string Ended(string lines) => lines.ReplaceLineEndings(_lineEnd);

    // The end of a block of text (`|`) is where the next line begins
    private int Trimmed(int end)
    {
        while (end > 0 && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }
        return end;
    }

    private static int LineEnd(string whole, int from) => whole.IndexOf('\n', from) is >= 0 and var end ? end + 1 : whole.Length;

    private int Colon(YamlScalar key) => text.IndexOf(':', (int)key.End.Index);

    // The very value stands behind its key; what an alias repeats stands before it
    private static bool IsWithin(YamlScalar key, YamlNode value) => value.Start.Index >= key.End.Index;

    // Keys that `<<` brings stand elsewhere
    private static bool IsOwn(YamlMap map, YamlScalar key)
        => key.Start.Index >= map.Start.Index && (map.IsFlow || key.Start.Column == map.Entries[0].Key.Start.Column);

    private static string? Sealed(JsonNode value)
        => value is JsonObject { Count: 1 } map && map["secure"] is JsonValue scalar ? scalar.GetValue<string>() : null;

    private static string Flow(JsonNode value) => value.ToJsonString(JsonText.Compact);

    // The library's own end of a mapping or list is the end of its first token; the last scalar's end is where a block's text ends
    private int EndOf(YamlNode node) => node switch
    {
        YamlMap map => Closed(map.IsFlow ? '}' : null, Last(map, Parts(map))),
        YamlList list => Closed(list.IsFlow ? ']' : null, Last(list, list.Items)),
        _ => (int)node.End.Index,
    };

    private static IEnumerable<YamlNode> Parts(YamlMap map) => map.Entries.SelectMany(entry => new[] { entry.Key, entry.Value });

    private int Last(YamlNode node, IEnumerable<YamlNode> children)
        => children.Aggregate((int)node.Start.Index, (end, child) => Math.Max(end, EndOf(child)));

    private int Closed(char? bracket, int end) => bracket is { } close && text.IndexOf(close, end) is >= 0 and var at ? at + 1 : end;

    [GeneratedRegex(@"\G[ \t]*\*[^\s,\[\]{}]+", RegexOptions.None, 1000)]
    private static partial Regex Alias();

    [GeneratedRegex(@"\G\s*,", RegexOptions.None, 1000)]
    private static partial Regex Comma();
}
