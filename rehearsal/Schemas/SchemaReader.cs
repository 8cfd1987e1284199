using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Rehearsal.Wire;

namespace Rehearsal.Schemas;

/// <summary>Turns declarations of Pulumi's package schema into types.</summary>
/// <remarks>Reads for example
/// <c>{"properties":{"size":{"type":"integer"},"tags":{"type":"object","additionalProperties":{"type":"string"}}},"required":["size"]}</c>.</remarks>
internal static class SchemaReader
{
    private const string TypePrefix = "#/types/";

    /// <summary>A resource: its inputs, and its outputs.</summary>
    public static ResourceSpec Resource(JsonElement json) => new(Object(json, "inputProperties", "requiredInputs"), Object(json, "properties", "required"));

    /// <summary>A function: its arguments, and its results.</summary>
    public static ResourceSpec Function(JsonElement json) => new(
        json.TryGetProperty("inputs", out var inputs) ? Object(inputs, "properties", "required") : ObjectSpec.Empty,
        json.TryGetProperty("outputs", out var outputs) ? Object(outputs, "properties", "required") : ObjectSpec.Empty);

    public static DeclaredType Declared(JsonElement json) => json.TryGetProperty("enum", out var values)
        ? new DeclaredType(Object: null, [.. values.EnumerateArray().Select(element => Primitive(element.GetProperty("value")))], [])
        : new DeclaredType(Object(json, "properties", "required"), [], Computed(json));

    // What an output always has and an input need not: the schemas say it for Node, whose types know the difference
    private static ImmutableArray<string> Computed(JsonElement json)
    {
        if (!json.TryGetProperty("language", out var language) || !language.TryGetProperty("nodejs", out var node)
            || !node.TryGetProperty("requiredOutputs", out var outputs))
        {
            return [];
        }
        var required = json.TryGetProperty("required", out var names)
            ? names.EnumerateArray().Select(element => element.GetString()!).ToHashSet(StringComparer.Ordinal)
            : [];
        return [.. outputs.EnumerateArray().Select(element => element.GetString()!).Where(name => !required.Contains(name))];
    }

    private static ObjectSpec Object(JsonElement json, string properties, string required)
    {
        if (!json.TryGetProperty(properties, out var declared))
        {
            return ObjectSpec.Empty;
        }
        return new ObjectSpec(
            declared.EnumerateObject().ToFrozenDictionary(property => property.Name, property => Property(property.Value), StringComparer.Ordinal),
            json.TryGetProperty(required, out var names) ? [.. names.EnumerateArray().Select(element => element.GetString()!)] : ImmutableArray<string>.Empty);
    }

    private static PropertySpec Property(JsonElement json) => new(
        Type(json),
        json.TryGetProperty("secret", out var secret) && secret.GetBoolean(),
        json.TryGetProperty("const", out var constant) && constant.ValueKind == JsonValueKind.String ? constant.GetString() : null,
        json.TryGetProperty("willReplaceOnChanges", out var replaces) && replaces.GetBoolean());

    private static TypeSpec Type(JsonElement json)
    {
        if (json.TryGetProperty("oneOf", out var choices))
        {
            return new TypeSpec(TypeKind.OneOf, Choices: [.. choices.EnumerateArray().Select(Type)]);
        }
        if (json.TryGetProperty("$ref", out var reference))
        {
            return Reference(reference.GetString()!);
        }
        return (json.TryGetProperty("type", out var type) ? type.GetString() : null) switch
        {
            "string" => new TypeSpec(TypeKind.Text),
            "boolean" => new TypeSpec(TypeKind.Boolean),
            "integer" => new TypeSpec(TypeKind.Integer),
            "number" => new TypeSpec(TypeKind.Number),
            "array" => new TypeSpec(TypeKind.List, json.TryGetProperty("items", out var items) ? Type(items) : TypeSpec.Any),
            "object" => new TypeSpec(TypeKind.Map, json.TryGetProperty("additionalProperties", out var values) ? Type(values) : TypeSpec.Any),
            _ => TypeSpec.Any,
        };
    }

    // Declared types stay tokens until a value needs them; references to other packages' types and pulumi.json#/Any are not checked
    private static TypeSpec Reference(string target) => target switch
    {
        "pulumi.json#/Asset" or "pulumi.json#/Archive" => new TypeSpec(TypeKind.Asset),
        _ when target.StartsWith(TypePrefix, StringComparison.Ordinal)
            => new TypeSpec(TypeKind.Object, Token: Uri.UnescapeDataString(target[TypePrefix.Length..])),
        _ => TypeSpec.Any,
    };

    private static PropertyValue Primitive(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Number => new NumberProperty(json.GetDouble()),
        JsonValueKind.True or JsonValueKind.False => BooleanProperty.From(json.GetBoolean()),
        _ => new StringProperty(json.GetString() ?? ""),
    };
}
