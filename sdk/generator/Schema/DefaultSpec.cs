namespace Generator.Schema;

/// <summary>The environment variables that give a property its default, the first that is set.</summary>
public sealed record DefaultSpec
{
    public List<string> Environment { get; init; } = [];
}
