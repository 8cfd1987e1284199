using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Protocol;

namespace Rehearsal.Wire;

/// <summary>How this program writes JSON: readable characters as they are.</summary>
internal static class JsonText
{
    /// <summary>How deep lists and objects may be nested: as deep as a message may be.</summary>
    public const int MaxDepth = DeepMessage.DeepestLevel;

    /// <summary>The same of what is read: each object takes one level here and three in a message. Readers call themselves for each level.</summary>
    public const int MaxDepthRead = 4096;

    public static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One line.</summary>
    public static readonly JsonWriterOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MaxDepth };

    /// <summary>As <c>pulumi stack output --json</c> indents.</summary>
    public static readonly JsonWriterOptions Lines = OneLine with { Indented = true, NewLine = "\n" };

    /// <summary>As <c>pulumi preview --json</c> indents.</summary>
    public static readonly JsonWriterOptions WideLines = Lines with { IndentSize = 4 };

    public static string Write(JsonWriterOptions options, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            write(writer);
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>A text in quotes.</summary>
    public static string Quoted(string text) => Write(OneLine, json => json.WriteStringValue(text));

    /// <summary>An object of texts.</summary>
    public static string Object(IEnumerable<KeyValuePair<string, string>> entries) => Write(OneLine, json =>
    {
        json.WriteStartObject();
        foreach (var (key, value) in entries)
        {
            json.WriteString(key, value);
        }
        json.WriteEndObject();
    });

    /// <summary>A list of texts.</summary>
    public static string Array(IEnumerable<string> items) => Write(OneLine, json =>
    {
        json.WriteStartArray();
        foreach (var item in items)
        {
            json.WriteStringValue(item);
        }
        json.WriteEndArray();
    });

    /// <summary>The texts and numbers inside a text that is a JSON object or array; none when it is something else.</summary>
    public static IReadOnlyList<(JsonValueKind Kind, string Text)> Leaves(string text)
    {
        var leaves = new List<(JsonValueKind Kind, string Text)>();
        Visit(text, json => AddLeaves(json, leaves));
        return leaves;
    }

    /// <summary>The names inside a text that is a JSON object or array; none when it is something else.</summary>
    public static IReadOnlyList<string> Names(string text)
    {
        var names = new List<string>();
        Visit(text, json => AddNames(json, names));
        return names;
    }

    private static void AddNames(JsonElement json, List<string> names)
    {
        if (json.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in json.EnumerateObject())
            {
                names.Add(property.Name);
                AddNames(property.Value, names);
            }
        }
        else if (json.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in json.EnumerateArray())
            {
                AddNames(item, names);
            }
        }
    }

    private static void Visit(string text, Action<JsonElement> visit)
    {
        if (text.Length == 0 || text[0] is not ('{' or '['))
        {
            return;
        }
        try
        {
            using var json = JsonDocument.Parse(text);
            visit(json.RootElement);
        }
        catch (JsonException)
        {
            // A text that merely begins like JSON has no parts
        }
    }

    private static void AddLeaves(JsonElement json, List<(JsonValueKind Kind, string Text)> leaves)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in json.EnumerateObject())
                {
                    AddLeaves(property.Value, leaves);
                }
                break;
            case JsonValueKind.Array:
                foreach (var item in json.EnumerateArray())
                {
                    AddLeaves(item, leaves);
                }
                break;
            case JsonValueKind.String:
                leaves.Add((JsonValueKind.String, json.GetString()!));
                break;
            case JsonValueKind.Number:
                leaves.Add((JsonValueKind.Number, json.GetRawText()));
                break;
            default:
                break;
        }
    }
}
