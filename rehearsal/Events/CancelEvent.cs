namespace Rehearsal.Events;

/// <summary>The operator ended the operation.</summary>
public sealed record CancelEvent : EngineEvent;
