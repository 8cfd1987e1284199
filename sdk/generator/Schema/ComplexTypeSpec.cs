namespace Generator.Schema;

/// <summary>A named object type, or an enumeration of strings.</summary>
public sealed record ComplexTypeSpec : ObjectSpec
{
    public List<EnumValueSpec>? Enum { get; init; }

    public TypeLanguageSpec? Language { get; init; }
}
