using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Infra.Charts;
using Stacks.Settings;
using Stacks.Settings.Declaring;

namespace Stacks.CodeStudios;

/// <summary>Values as the YAML of a stack file.</summary>
internal static partial class StackFileText
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An object in block style, keys in its own order.</summary>
    public static string Yaml(JsonObject value)
    {
        var text = new StringBuilder();
        Write(text, value, 0);
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonObject map, int indent)
    {
        foreach (var (key, value) in map)
        {
            text.Append(' ', indent).Append(Scalar(key)).Append(':');
            Value(text, value, indent, indent + 2);
        }
    }

    private static void Value(StringBuilder text, JsonNode? value, int indent, int inner)
    {
        switch (value)
        {
            case JsonObject { Count: > 0 } map:
                text.Append('\n');
                Write(text, map, inner);
                break;
            case JsonArray { Count: > 0 } list:
                text.Append('\n');
                foreach (var item in list)
                {
                    Item(text, item, inner);
                }

                break;
            case JsonObject or JsonArray or null:
                text.Append(' ').Append(value?.ToJsonString() ?? "null").Append('\n');
                break;
            case JsonValue scalar when scalar.TryGetValue<string>(out var word) && Block().IsMatch(word):
                text.Append(word.EndsWith('\n') ? " |\n" : " |-\n");
                foreach (var line in word.TrimEnd('\n').Split('\n'))
                {
                    text.Append(' ', line.Length == 0 ? 0 : inner).Append(line).Append('\n');
                }

                break;
            default:
                text.Append(' ').Append(value is JsonValue other && other.TryGetValue<string>(out var plain) ? Scalar(plain) : value.ToJsonString())
                    .Append('\n');
                break;
        }
    }

    private static void Item(StringBuilder text, JsonNode? item, int indent)
    {
        if (item is not JsonObject { Count: > 0 } map)
        {
            text.Append(' ', indent).Append('-');
            Value(text, item, indent, indent + 2);
            return;
        }

        var lines = new StringBuilder();
        Write(lines, map, indent + 2);
        text.Append(' ', indent).Append("- ").Append(lines.ToString(), indent + 2, lines.Length - indent - 2);
    }

    // Plain where YAML reads it as this text in every version; else as JSON writes it, which YAML reads the same.
    private static string Scalar(string text) => Plain().IsMatch(text) && !Other().IsMatch(text) ? text : JsonSerializer.Serialize(text, Relaxed);

    [GeneratedRegex(@"\A[A-Za-z/$][A-Za-z0-9_./$@={}+-]*( [A-Za-z0-9_./$@={}+-]+)*\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Plain();

    [GeneratedRegex(@"\A(y|n|yes|no|true|false|on|off|null|nan|inf)\z", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Other();

    // Several lines of printable text, the first without leading blanks, one line feed at the end at most.
    [GeneratedRegex(@"\A(?=[^\n]*\n)(?=[^\s\p{C}])([^\p{C}]|\n)*[^\n\p{C}]\n?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block();
}

/// <summary>Settings as the JSON of a stack file, without what has its default.</summary>
internal static class SettingsJson
{
    /// <summary>A record by the keys that its declaration has.</summary>
    public static JsonObject Of(object record, Type? declared = null)
    {
        var declaration = RecordDeclaration.For(declared ?? record.GetType());
        var json = new JsonObject();
        foreach (var setting in declaration.Settings)
        {
            if (setting.Read(record) is not { } value || (setting.Kind is null && Equals(value, declaration.DefaultOf(setting)) && !setting.IsRequired))
            {
                continue;
            }

            var node = Value(setting.Shape, value);
            if (node is not (JsonArray { Count: 0 } or JsonObject { Count: 0 }) || setting.IsRequired || setting.Kind is not null)
            {
                json[setting.Key] = node;
            }
        }

        return json;
    }

    private static JsonNode? Value(SettingShape shape, object value) => shape.Kind switch
    {
        ShapeKind.Record => Of(value, shape.Type),
        ShapeKind.List => new JsonArray([.. ((System.Collections.IEnumerable)value).Cast<object>().Select(item => Value(shape.Item!, item))]),
        ShapeKind.Map => new JsonObject(Entries(value).Select(entry => KeyValuePair.Create(entry.Key, Value(shape.Item!, entry.Value)))),
        ShapeKind.WholeNumber => (int)value,
        ShapeKind.Boolean => (bool)value,
        ShapeKind.Choice => SettingPath.KeyFor($"{value}"),
        ShapeKind.Tree => ((ValueTree)value).Root,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static IEnumerable<KeyValuePair<string, object>> Entries(object map) => ((System.Collections.IDictionary)map).Keys.Cast<string>()
        .Select(key => KeyValuePair.Create(key, ((System.Collections.IDictionary)map)[key]!));
}
