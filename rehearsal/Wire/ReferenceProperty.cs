namespace Rehearsal.Wire;

/// <summary>A resource passed as a value.</summary>
/// <param name="Urn">The resource's URN.</param>
/// <param name="Id">Its provider's id; null for a component, empty when only a deployment can know it.</param>
/// <param name="PackageVersion">The version of the package that defines the resource, empty when unsaid.</param>
public sealed record ReferenceProperty(string Urn, string? Id = null, string PackageVersion = "") : PropertyValue
{
    public override bool ContainsUnknowns => Id is { Length: 0 };
}
