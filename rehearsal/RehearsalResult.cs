using System.Collections.Immutable;
using Rehearsal.Events;
using Rehearsal.Planning;
using Rehearsal.Wire;

namespace Rehearsal;

/// <summary>What a rehearsal found.</summary>
public sealed record RehearsalResult
{
    public required RehearsalOutcome Outcome { get; init; }

    /// <summary>The steps; secret values in their states are still readable and must pass <see cref="PropertyMask"/> or <see cref="PropertyJson"/> before anybody sees them.</summary>
    public required Plan Plan { get; init; }

    /// <summary>What the stack exports; same caution as for <see cref="Plan"/>.</summary>
    public required PropertyMap Outputs { get; init; }

    public required ImmutableArray<Diagnostic> Diagnostics { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>The program's exit code; null when it was not started or had to be ended.</summary>
    public int? ProgramExitCode { get; init; }
}
