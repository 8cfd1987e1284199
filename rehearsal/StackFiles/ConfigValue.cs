using System.Text.Json;
using System.Text.Json.Nodes;
using Rehearsal.Wire;

namespace Rehearsal.StackFiles;

/// <summary>One configuration value as a stack file holds it, its sealed parts still sealed.</summary>
/// <param name="Text">The text of a scalar, the ciphertext of a sealed scalar, or the JSON of a list or mapping with sealed parts as <c>{"secure":
/// "v1:…"}</c>.</param>
/// <param name="IsSecret">Whether any part of it is sealed; then the whole value is secret.</param>
/// <param name="IsObject">Whether it is a list or mapping.</param>
/// <param name="Place">Where it stands; null before it stands in a file.</param>
public sealed record ConfigValue(string Text, bool IsSecret, bool IsObject, FilePlace? Place)
{
    internal const string Sealed = "secure";

    /// <summary>What the program gets: the text with every sealed part opened.</summary>
    /// <param name="open">Turns a ciphertext into its value.</param>
    public string Open(Func<string, string> open)
    {
        if (!IsSecret)
        {
            return Text;
        }
        return IsObject ? Opened(JsonNode.Parse(Text), open)!.ToJsonString(JsonText.Compact) : open(Text);
    }

    /// <summary>The value that a piece of JSON is: a list or mapping stays JSON, anything else is its text.</summary>
    internal static ConfigValue From(JsonNode json, FilePlace? place)
    {
        if (SealedText(json) is { } ciphertext)
        {
            return new ConfigValue(ciphertext, IsSecret: true, IsObject: false, place);
        }
        return json is JsonValue value
            ? new ConfigValue(
                value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString(JsonText.Compact), IsSecret: false,
                IsObject: false, place)
            : new ConfigValue(json.ToJsonString(JsonText.Compact), HasSealed(json), IsObject: true, place);
    }

    /// <summary>The value as a part of a larger one.</summary>
    internal JsonNode? ToJson()
    {
        if (IsObject)
        {
            return JsonNode.Parse(Text);
        }
        return IsSecret ? new JsonObject { [Sealed] = Text } : JsonValue.Create(Text);
    }

    private static string? SealedText(JsonNode? node) =>
        node is JsonObject { Count: 1 } map && map[Sealed] is JsonValue value && value.GetValueKind() == JsonValueKind.String
            ? value.GetValue<string>()
            : null;

    private static bool HasSealed(JsonNode? node) => SealedText(node) is not null || node switch
    {
        JsonObject map => map.Any(entry => HasSealed(entry.Value)),
        JsonArray list => list.Any(HasSealed),
        _ => false,
    };

    private static JsonNode? Opened(JsonNode? node, Func<string, string> open)
    {
        if (SealedText(node) is { } ciphertext)
        {
            return open(ciphertext);
        }
        return node switch
        {
            JsonObject map => new JsonObject(map.Select(entry => KeyValuePair.Create(entry.Key, Opened(entry.Value, open)))),
            JsonArray list => new JsonArray([.. list.Select(item => Opened(item, open))]),
            _ => node?.DeepClone(),
        };
    }
}
