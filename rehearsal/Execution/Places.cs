namespace Rehearsal.Execution;

/// <summary>How many resources are worked on at once, and who of them began first.</summary>
/// <param name="count">How many at the most.</param>
internal sealed class Places(int count) : IDisposable
{
    // About what a provider in a process of its own takes to answer. Ours answer at once, so that what a program makes of one resource would at times overtake
    // the failure of another that began before it.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    private readonly SemaphoreSlim _free = new(count, count);
    private readonly SortedSet<long> _taken = [];
    private long _turns;

    /// <summary>Waits for a place.</summary>
    /// <returns>The turn, which rises from one to the next.</returns>
    public long Take()
    {
        _free.Wait();
        lock (_taken)
        {
            _taken.Add(++_turns);
            return _turns;
        }
    }

    public void Give(long turn)
    {
        lock (_taken)
        {
            _taken.Remove(turn);
            Monitor.PulseAll(_taken);
        }
        _free.Release();
    }

    /// <summary>Waits a moment, at the most, for those that began before.</summary>
    public void AwaitEarlier(long turn)
    {
        var until = DateTime.UtcNow + Moment;
        lock (_taken)
        {
            while (_taken.Count > 0 && _taken.Min < turn && until - DateTime.UtcNow is { Ticks: > 0 } left)
            {
                Monitor.Wait(_taken, left);
            }
        }
    }

    public void Dispose() => _free.Dispose();
}
