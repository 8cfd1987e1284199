namespace Rehearsal.Wire;

/// <summary>A text.</summary>
public sealed record StringProperty(string Value) : PropertyValue;
