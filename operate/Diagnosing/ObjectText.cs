using System.Text.Json.Nodes;
using Rehearsal.Manifests;
using Rehearsal.Wire;

namespace Operate.Diagnosing;

/// <summary>Objects of Kubernetes as YAML for people: without what no reader needs, and without values whose names say that they are secret.</summary>
internal static class ObjectText
{
    // Who set which field, and the whole object once more
    private const string ManagedFields = "managedFields";
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    /// <summary>All of them in one text, each a document.</summary>
    public static string Of(IEnumerable<JsonObject> items) => string.Join("---\n", items.Select(item => ManifestYaml.Text(Body(item))));

    /// <summary>One value of any shape, as the values of a release.</summary>
    public static string OfValues(JsonObject values) => ManifestYaml.Text(Body(values));

    private static PropertyMap Body(JsonObject item)
    {
        var copy = item.DeepClone().AsObject();
        if (copy["metadata"] is JsonObject metadata)
        {
            metadata.Remove(ManagedFields);
            (metadata["annotations"] as JsonObject)?.Remove(LastApplied);
        }

        return ((ObjectProperty)Value(copy, null)).Properties;
    }

    private static PropertyValue Value(JsonNode? node, string? name) => node switch
    {
        null => NullProperty.Instance,
        JsonObject map => new ObjectProperty(PropertyMap.From(map.Select(entry => KeyValuePair.Create(entry.Key, Entry(map, name, entry.Key, entry.Value))))),
        JsonArray list => new ListProperty([.. list.Select((item, index) => IsAfterFlag(list, index) ? Hidden : Value(item, name))]),
        JsonValue value when value.TryGetValue(out string? text) => name is not null && IsSecret(name, text) ? Hidden : new StringProperty(text),
        JsonValue value when value.TryGetValue(out bool flag) => BooleanProperty.From(flag),
        JsonValue value when value.TryGetValue(out double number) => name is not null && SecretPatterns.IsTelling(name) ? Hidden : new NumberProperty(number),
        _ => new StringProperty(node.ToJsonString()),
    };

    // {"name":"CONNECT_REDIS_PASSWORD","value":"…"} is a variable; {"license":{"key":"…"}} says in two words what others say in one
    private static PropertyValue Entry(JsonObject owner, string? ownersName, string key, JsonNode? value) =>
        value is not JsonValue ? Value(value, key)
        : key == "value" && owner["name"] is JsonValue named && named.TryGetValue(out string? name) ? Value(value, name)
        : Value(value, key is "key" or "value" or "contents" && ownersName is not null && SecretPatterns.IsTelling(ownersName) ? $"{ownersName}.{key}" : key);

    private static bool IsSecret(string name, string text) => text.Length > 0 && text is not ("true" or "false") && SecretPatterns.IsTelling(name);

    // ["--requirepass", "…"]
    private static bool IsAfterFlag(JsonArray list, int index) => index > 0
        && list[index] is JsonValue value && value.TryGetValue(out string? text) && !text.StartsWith('-')
        && list[index - 1] is JsonValue before && before.TryGetValue(out string? flag) && flag.StartsWith('-') && !flag.Contains('=', StringComparison.Ordinal)
        && (SecretPatterns.IsTelling(flag) || flag.EndsWith("pass", StringComparison.Ordinal));

    private static StringProperty Hidden { get; } = new(PropertyMask.Text);
}
