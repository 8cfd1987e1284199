namespace Rehearsal.Wire;

/// <summary>A number; the wire knows no integers.</summary>
public sealed record NumberProperty(double Value) : PropertyValue;
