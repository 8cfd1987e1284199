namespace Generator.Schema;

/// <summary>A function of a provider: arguments and result.</summary>
public sealed record FunctionSpec
{
    public ObjectSpec? Inputs { get; init; }

    public ObjectSpec? Outputs { get; init; }
}
