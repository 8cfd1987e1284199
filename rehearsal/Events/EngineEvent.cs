namespace Rehearsal.Events;

/// <summary>Something that happened while an engine ran a program; Pulumi's names, and never a property's value.</summary>
public abstract record EngineEvent;
