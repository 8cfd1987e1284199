using System.Collections.Immutable;
using Rehearsal.Planning;

namespace Rehearsal.Events;

/// <summary>The end of an operation: how long it took, and how many steps did what.</summary>
public sealed record SummaryEvent(bool IsPreview, TimeSpan Duration, ImmutableSortedDictionary<Operation, int> ResourceChanges) : EngineEvent;
