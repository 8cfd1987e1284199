namespace Rehearsal.Events;

/// <summary>A step is about to run.</summary>
public sealed record ResourcePreEvent(StepMetadata Metadata, bool Planning) : EngineEvent;
