namespace Pulumi;

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
