using System.Text.Json;
using System.Text.Json.Serialization;

namespace Generator.Schema;

/// <summary>A Pulumi package schema, reduced to what decides the shape of C# classes.</summary>
public sealed record PackageSpec
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public required string Name { get; init; }

    public required string Version { get; init; }

    public PackageLanguageSpec Language { get; init; } = new();

    public ResourceSpec? Provider { get; init; }

    public SortedDictionary<string, ResourceSpec> Resources { get; init; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, FunctionSpec> Functions { get; init; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, ComplexTypeSpec> Types { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Whether the package follows the naming of the Kubernetes package: arguments under <c>Types.Inputs</c>, no states.</summary>
    [JsonIgnore]
    public bool IsKubernetes => Language.Csharp.Compatibility == "kubernetes20";

    /// <summary>The schema in a file, as C# shows it.</summary>
    public static PackageSpec Load(string path) => Parse(File.ReadAllText(path));

    /// <summary>The schema in a text, as C# shows it.</summary>
    public static PackageSpec Parse(string text) => CsharpView.Apply(
        JsonSerializer.Deserialize<PackageSpec>(text, Options) ?? throw new InvalidDataException("the text holds no package schema"));
}

/// <summary>A resource or provider: what goes in, what comes out, and under which types it was known.</summary>
public sealed record ResourceSpec
{
    public List<AliasSpec> Aliases { get; init; } = [];

    public SortedDictionary<string, PropertySpec> InputProperties { get; init; } = new(StringComparer.Ordinal);

    public HashSet<string> RequiredInputs { get; init; } = [];

    public SortedDictionary<string, PropertySpec> Properties { get; init; } = new(StringComparer.Ordinal);

    public HashSet<string> Required { get; init; } = [];

    public ObjectSpec? StateInputs { get; init; }
}

/// <summary>A type token under which a resource was known.</summary>
public sealed record AliasSpec
{
    public required string Type { get; init; }
}

/// <summary>A function of a provider: arguments and result.</summary>
public sealed record FunctionSpec
{
    public ObjectSpec? Inputs { get; init; }

    public ObjectSpec? Outputs { get; init; }
}

/// <summary>Properties, and which of them are required.</summary>
public record ObjectSpec
{
    public SortedDictionary<string, PropertySpec> Properties { get; init; } = new(StringComparer.Ordinal);

    public HashSet<string> Required { get; init; } = [];
}

/// <summary>A named object type, or an enumeration of strings.</summary>
public sealed record ComplexTypeSpec : ObjectSpec
{
    public List<EnumValueSpec>? Enum { get; init; }

    public TypeLanguageSpec? Language { get; init; }
}

/// <summary>A value of an enumeration, and the name that languages give it.</summary>
public sealed record EnumValueSpec
{
    public required string Name { get; init; }

    public required string Value { get; init; }
}

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

/// <summary>A property: its type, and what the SDK does with its value.</summary>
public sealed record PropertySpec : TypeSpec
{
    public string? Const { get; init; }

    public JsonElement? Default { get; init; }

    public DefaultSpec? DefaultInfo { get; init; }

    public bool Secret { get; init; }

    public bool ReplaceOnChanges { get; init; }

    public PropertyLanguageSpec? Language { get; init; }
}

/// <summary>The environment variables that give a property its default, the first that is set.</summary>
public sealed record DefaultSpec
{
    public List<string> Environment { get; init; } = [];
}
