using System.Diagnostics;
using Rehearsal.State;

namespace Rehearsal.Execution;

/// <summary>Writes the state after each step; where writing takes longer than steps, not after each, so that a state of thousands of resources is not written
/// thousands of times.</summary>
/// <remarks>A state that cannot be written is not tried again: the operation ends with the first failure.</remarks>
/// <param name="save">Writes a state; null in a preview.</param>
/// <param name="current">The state as it is now.</param>
internal sealed class StateSaver(Action<Checkpoint>? save, Func<Checkpoint> current)
{
    // A tenth of the time goes into writing at most
    private const int Patience = 10;

    private readonly Lock _lock = new();
    private long _next;
    private bool _dirty;
    private bool _failed;

    /// <summary>The state has changed.</summary>
    /// <returns>Why it could not be written; null when it could, or need not be.</returns>
    public BadInputException? Changed()
    {
        if (save is null)
        {
            return null;
        }
        lock (_lock)
        {
            _dirty = true;
            return Stopwatch.GetTimestamp() >= _next ? Write() : null;
        }
    }

    /// <summary>Writes what was not written yet.</summary>
    /// <returns>The same.</returns>
    public BadInputException? Flush()
    {
        lock (_lock)
        {
            return _dirty ? Write() : null;
        }
    }

    private BadInputException? Write()
    {
        if (_failed)
        {
            return null;
        }
        try
        {
            var start = Stopwatch.GetTimestamp();
            save!(current());
            var end = Stopwatch.GetTimestamp();
            _next = end + (Patience * (end - start));
            _dirty = false;
            return null;
        }
        catch (BadInputException e)
        {
            _failed = true;
            return e;
        }
    }
}
