namespace Generator.Schema;

/// <summary>Properties, and which of them are required.</summary>
public record ObjectSpec
{
    public SortedDictionary<string, PropertySpec> Properties { get; init; } = new(StringComparer.Ordinal);

    public HashSet<string> Required { get; init; } = [];
}
