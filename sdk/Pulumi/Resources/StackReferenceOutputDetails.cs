namespace Pulumi;

/// <summary>One output of another stack: at most one of the two is set.</summary>
public sealed class StackReferenceOutputDetails
{
    public object? Value { get; set; }

    public object? SecretValue { get; set; }
}
