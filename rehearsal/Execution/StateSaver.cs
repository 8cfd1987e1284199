using System.Diagnostics;
using Rehearsal.State;

namespace Rehearsal.Execution;

/// <summary>Writes the state after each step; where writing takes longer than steps, not after each, so that a state of thousands of resources is not written
/// thousands of times.</summary>
/// <param name="save">Writes a state; null in a preview.</param>
/// <param name="current">The state as it is now.</param>
internal sealed class StateSaver(Action<Checkpoint>? save, Func<Checkpoint> current)
{
    // A tenth of the time goes into writing at most
    private const int Patience = 10;

    private readonly Lock _lock = new();
    private long _next;
    private bool _dirty;

    /// <summary>The state has changed.</summary>
    public void Changed()
    {
        if (save is null)
        {
            return;
        }
        lock (_lock)
        {
            _dirty = true;
            if (Stopwatch.GetTimestamp() >= _next)
            {
                Write();
            }
        }
    }

    /// <summary>Writes what was not written yet.</summary>
    public void Flush()
    {
        if (save is null)
        {
            return;
        }
        lock (_lock)
        {
            if (_dirty)
            {
                Write();
            }
        }
    }

    private void Write()
    {
        var start = Stopwatch.GetTimestamp();
        save!(current());
        var end = Stopwatch.GetTimestamp();
        _next = end + (Patience * (end - start));
        _dirty = false;
    }
}
