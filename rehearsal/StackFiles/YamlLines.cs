using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Rehearsal.Wire;

namespace Rehearsal.StackFiles;

/// <summary>Values as lines of a YAML document, in its block style.</summary>
internal static partial class YamlLines
{
    private const int Indent = 2;

    /// <summary>A key and its value.</summary>
    public static string Entry(string key, int column, JsonNode value) => $"{new string(' ', column)}{Key(key)}:{Value(column, value)}";

    /// <summary>An item of a list.</summary>
    public static string Item(int column, JsonNode value) => $"{new string(' ', column)}- {Block(value, column + Indent)[(column + Indent)..]}";

    /// <summary>What stands behind the colon of a key.</summary>
    public static string Value(int column, JsonNode value)
        => value is JsonObject { Count: > 0 } or JsonArray { Count: > 0 } ? $"\n{Block(value, column + Indent)}" : $" {Leaf(value)}\n";

    /// <summary>A value at an indentation, its lines ended.</summary>
    public static string Block(JsonNode? node, int indent)
    {
        var space = new string(' ', indent);
        return node switch
        {
            JsonObject { Count: > 0 } map => string.Concat(map.Select(entry => Member($"{space}{Scalar(entry.Key)}:", entry.Value, indent))),
            JsonArray { Count: > 0 } list => string.Concat(list.Select(item => item is JsonObject { Count: > 0 } or JsonArray { Count: > 0 }
                ? $"{space}- {Block(item, indent + Indent)[(indent + Indent)..]}" : $"{space}- {Leaf(item)}\n")),
            _ => $"{space}{Leaf(node)}\n",
        };
    }

    private static string Member(string key, JsonNode? value, int indent) => value is JsonObject { Count: > 0 } or JsonArray { Count: > 0 }
        ? $"{key}\n{Block(value, indent + Indent)}" : $"{key} {Leaf(value)}\n";

    private static string Leaf(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.String
        ? Scalar(value.GetValue<string>()) : node?.ToJsonString(JsonText.Compact) ?? "null";

    // A configuration key is its own text, colon included
    private static string Key(string key) => ConfigKey().IsMatch(key) ? key : Scalar(key);

    // JSON's quoted text is YAML's, too
    private static string Scalar(string text) => Plain().IsMatch(text) ? text : JsonText.Quoted(text);

    // A word that no reader of YAML takes for anything but text: not yes, no, on, off, true, false, null, .inf; and sealed values
    [GeneratedRegex(@"^(v1:[\w+/=]+:[\w+/=]+|(?!(?i:y|n|yes|no|on|off|true|false|null)$)[A-Za-z][\w-]*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Plain();

    [GeneratedRegex(@"^[A-Za-z][\w.-]*:[A-Za-z][\w.\[\]-]*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ConfigKey();
}
