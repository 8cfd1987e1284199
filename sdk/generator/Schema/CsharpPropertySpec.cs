namespace Generator.Schema;

/// <summary>The name of a property in C# where the rule does not give it.</summary>
public sealed record CsharpPropertySpec
{
    public required string Name { get; init; }
}
