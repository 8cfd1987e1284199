namespace Stacks.Settings.Declaring;

/// <summary>Declares a record as a choice: the stack file gives exactly one of these of its keys.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ExactlyOneAttribute(params string[] properties) : Attribute
{
    public IReadOnlyList<string> Properties { get; } = properties;
}
