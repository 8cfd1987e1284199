namespace Pulumi;

/// <summary>Marks a property or field of an args class that travels to the engine.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class InputAttribute : Attribute
{
    /// <summary>Says how the member travels.</summary>
    /// <param name="name">The name on the wire.</param>
    /// <param name="required">Whether a null is an error.</param>
    /// <param name="json">Whether the value travels as JSON text.</param>
    public InputAttribute(string name, bool required = false, bool json = false)
    {
        Name = name;
        IsRequired = required;
        Json = json;
    }

    internal string Name { get; }

    internal bool IsRequired { get; }

    internal bool Json { get; }
}

/// <summary>Marks a property of a resource that the engine's answer fills, or that a component or stack registers.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OutputAttribute : Attribute
{
    /// <summary>Says how the property is called on the wire.</summary>
    /// <param name="name">The name on the wire; the property's own when not given.</param>
    public OutputAttribute(string? name = null) => Name = name;

    public string? Name { get; }
}

/// <summary>Names the resource type that a class stands for, so that references to such a resource come back as that class.</summary>
[AttributeUsage(AttributeTargets.Class)]
public class ResourceTypeAttribute : Attribute
{
    /// <summary>Says which type the class stands for.</summary>
    /// <param name="type">The type token.</param>
    /// <param name="version">The version of the package.</param>
    public ResourceTypeAttribute(string type, string? version)
    {
        Type = type;
        Version = version;
    }

    public string Type { get; }

    public string? Version { get; }
}

/// <summary>Marks a struct that stands for one of several texts or numbers, and converts explicitly to that.</summary>
[AttributeUsage(AttributeTargets.Struct)]
public sealed class EnumTypeAttribute : Attribute
{
}

/// <summary>Marks a class that answers of the engine are converted to, through the constructor marked <see cref="OutputConstructorAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OutputTypeAttribute : Attribute
{
}

/// <summary>Marks the constructor of an output type that takes the properties of an answer.</summary>
[AttributeUsage(AttributeTargets.Constructor)]
public sealed class OutputConstructorAttribute : Attribute
{
}

/// <summary>Gives the name on the wire of a parameter of an output type's constructor.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class OutputConstructorParameterAttribute : Attribute
{
    public OutputConstructorParameterAttribute(string name) => Name = name;

    public string Name { get; }
}
