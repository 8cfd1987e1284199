namespace Rehearsal.Schemas;

/// <summary>One property of a schema.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Secret">Whether its value is always secret.</param>
/// <param name="Constant">The only text it may have, or null.</param>
internal sealed record PropertySpec(TypeSpec Type, bool Secret, string? Constant);
