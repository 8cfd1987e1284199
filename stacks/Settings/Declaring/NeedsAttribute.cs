namespace Stacks.Settings.Declaring;

/// <summary>Declares that what a record describes cannot be deployed without other concepts being in the stack file.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsAttribute(params string[] concepts) : Attribute
{
    public IReadOnlyList<string> Concepts { get; } = concepts;
}
