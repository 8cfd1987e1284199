using System.Collections.Immutable;

namespace Rehearsal.Events;

/// <summary>The start of an operation, with the stack's configuration (secret values hidden).</summary>
public sealed record PreludeEvent(ImmutableSortedDictionary<string, string> Config) : EngineEvent;
