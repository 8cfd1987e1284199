namespace Rehearsal.Events;

/// <summary>A message to the operator.</summary>
public sealed record DiagnosticEvent(Diagnostic Diagnostic) : EngineEvent;
