namespace Generator.Schema;

/// <summary>A value of an enumeration, and the name that languages give it.</summary>
public sealed record EnumValueSpec
{
    public required string Name { get; init; }

    public required string Value { get; init; }
}
