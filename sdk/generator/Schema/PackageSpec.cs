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
