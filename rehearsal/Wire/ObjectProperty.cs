namespace Rehearsal.Wire;

/// <summary>Named values: an object or a map.</summary>
public sealed record ObjectProperty(PropertyMap Properties) : PropertyValue
{
    public override bool ContainsUnknowns => Properties.ContainsUnknowns;

    public override bool ContainsSecrets => Properties.ContainsSecrets;
}
