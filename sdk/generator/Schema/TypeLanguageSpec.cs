namespace Generator.Schema;

/// <summary>What a named type says about languages.</summary>
public sealed record TypeLanguageSpec
{
    public NodejsTypeSpec? Nodejs { get; init; }
}
