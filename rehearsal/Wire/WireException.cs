namespace Rehearsal.Wire;

/// <summary>A message that does not follow Pulumi's wire format.</summary>
public sealed class WireException(string message) : Exception(message);
