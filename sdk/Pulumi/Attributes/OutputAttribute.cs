namespace Pulumi;

/// <summary>Marks a property of a resource that the engine's answer fills, or that a component or stack registers.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OutputAttribute : Attribute
{
    /// <summary>Says how the property is called on the wire.</summary>
    /// <param name="name">The name on the wire; the property's own when not given.</param>
    public OutputAttribute(string? name = null) => Name = name;

    public string? Name { get; }
}
