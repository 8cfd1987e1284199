namespace Generator.Schema;

/// <summary>A type token under which a resource was known.</summary>
public sealed record AliasSpec
{
    public required string Type { get; init; }
}
