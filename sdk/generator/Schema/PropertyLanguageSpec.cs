namespace Generator.Schema;

/// <summary>What a property says about languages.</summary>
public sealed record PropertyLanguageSpec
{
    public CsharpPropertySpec? Csharp { get; init; }
}
