using System.Text.Json.Serialization;

namespace Generator.Schema;

/// <summary>The type of a value: a primitive, a list, a map, a union, or a reference.</summary>
public record TypeSpec
{
    private const string TypePrefix = "#/types/";

    public string? Type { get; init; }

    [JsonPropertyName("$ref")]
    public string? Ref { get; init; }

    public TypeSpec? Items { get; init; }

    public TypeSpec? AdditionalProperties { get; init; }

    public List<TypeSpec>? OneOf { get; init; }

    /// <summary>The token of the named type that this refers to.</summary>
    [JsonIgnore]
    public string? Token => Ref?.StartsWith(TypePrefix, StringComparison.Ordinal) == true ? Ref[TypePrefix.Length..] : null;
}
