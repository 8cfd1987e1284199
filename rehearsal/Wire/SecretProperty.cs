namespace Rehearsal.Wire;

/// <summary>A value that must not be shown.</summary>
public sealed record SecretProperty(PropertyValue Value) : PropertyValue
{
    public override bool ContainsUnknowns => Value.ContainsUnknowns;

    public override bool ContainsSecrets => true;
}
