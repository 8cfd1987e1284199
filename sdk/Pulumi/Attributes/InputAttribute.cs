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
