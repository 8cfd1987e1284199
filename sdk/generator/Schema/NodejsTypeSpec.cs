namespace Generator.Schema;

/// <summary>Which properties an output always has although the input may leave them out.</summary>
public sealed record NodejsTypeSpec
{
    public HashSet<string>? RequiredOutputs { get; init; }
}
