namespace Pulumi;

/// <summary>Marks a class that answers of the engine are converted to, through the constructor marked <see cref="OutputConstructorAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OutputTypeAttribute : Attribute
{
}
