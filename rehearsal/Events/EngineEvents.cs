using System.Collections.Immutable;
using Rehearsal.Graph;
using Rehearsal.Planning;

namespace Rehearsal.Events;

/// <summary>Something that happened while an engine ran a program; Pulumi's names, and never a property's value.</summary>
public abstract record EngineEvent;

/// <summary>The start of an operation, with the stack's configuration (secret values hidden).</summary>
public sealed record PreludeEvent(ImmutableSortedDictionary<string, string> Config) : EngineEvent;

/// <summary>What happened to a step.</summary>
public abstract record StepEvent(StepMetadata Metadata) : EngineEvent
{
    /// <summary>The step with its states, for who may see them.</summary>
    internal PlanStep? Step { get; init; }
}

/// <summary>A step is about to run.</summary>
public sealed record ResourcePreEvent(StepMetadata Metadata, bool Planning) : StepEvent(Metadata);

/// <summary>A step has run: its resource has its outputs, a component has registered its own.</summary>
public sealed record ResourceOutputsEvent(StepMetadata Metadata, bool Planning) : StepEvent(Metadata);

/// <summary>A step could not be done.</summary>
public sealed record ResourceFailedEvent(StepMetadata Metadata) : StepEvent(Metadata);

/// <summary>What a step does to which resource.</summary>
public sealed record StepMetadata(Operation Operation, Urn Urn, string Type, Urn? Parent, string Provider, bool Custom, bool Protect);

/// <summary>A message to the operator.</summary>
public sealed record DiagnosticEvent(Diagnostic Diagnostic) : EngineEvent;

/// <summary>The end of an operation: how long it took, and how many steps did what.</summary>
public sealed record SummaryEvent(bool IsPreview, TimeSpan Duration, ImmutableSortedDictionary<Operation, int> ResourceChanges) : EngineEvent;

/// <summary>The operator ended the operation.</summary>
public sealed record CancelEvent : EngineEvent;

/// <summary>Watches nothing: the result says everything.</summary>
internal sealed class Unwatched : IProgress<EngineEvent>
{
    public static readonly Unwatched Instance = new();

    public void Report(EngineEvent value)
    {
    }
}
