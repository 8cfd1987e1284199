namespace Generator.Schema;

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
