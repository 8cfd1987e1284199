using Rehearsal.Events;

namespace Rehearsal;

/// <summary>Runs a Pulumi program against an engine of its own.</summary>
public interface IRehearsalHost
{
    /// <summary>Previews the program; failures of the program are part of the result.</summary>
    /// <param name="request">What to rehearse.</param>
    /// <param name="events">Gets every event as it happens, one at a time.</param>
    /// <param name="cancellation">Ends the program and everything it started; the result is then <see cref="RehearsalOutcome.Cancelled"/>.</param>
    Task<RehearsalResult> RunAsync(RehearsalRequest request, IProgress<EngineEvent> events, CancellationToken cancellation);
}
