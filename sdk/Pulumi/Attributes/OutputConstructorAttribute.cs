namespace Pulumi;

/// <summary>Marks the constructor of an output type that takes the properties of an answer.</summary>
[AttributeUsage(AttributeTargets.Constructor)]
public sealed class OutputConstructorAttribute : Attribute
{
}
