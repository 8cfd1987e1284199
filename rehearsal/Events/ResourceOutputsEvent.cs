namespace Rehearsal.Events;

/// <summary>A step has run: its resource has its outputs, a component has registered its own.</summary>
public sealed record ResourceOutputsEvent(StepMetadata Metadata, bool Planning) : EngineEvent;
