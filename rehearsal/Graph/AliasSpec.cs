namespace Rehearsal.Graph;

/// <summary>A former identity of a resource: a whole URN, or the parts that differ from the present one.</summary>
/// <param name="Urn">The whole former URN; the other parts are then unused.</param>
/// <param name="Name">The former name; null for the present one.</param>
/// <param name="Type">The former type; null for the present one.</param>
/// <param name="Stack">The former stack; null for the present one.</param>
/// <param name="Project">The former project; null for the present one.</param>
/// <param name="Parent">The former parent; null for the present one.</param>
/// <param name="NoParent">Whether it had no parent.</param>
public sealed record AliasSpec(Urn? Urn = null, string? Name = null, string? Type = null, string? Stack = null, string? Project = null, Urn? Parent = null, bool NoParent = false);
