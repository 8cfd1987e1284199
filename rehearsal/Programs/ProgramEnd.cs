namespace Rehearsal.Programs;

/// <summary>The moment between a program's last registration and its end: it may say that it has no more to register, and stays until the engine has
/// deleted what is left over, because hooks of its own may run then.</summary>
internal sealed class ProgramEnd
{
    private readonly TaskCompletionSource _signalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _signals;
    private bool _awaited;

    /// <summary>Waits for the program to say so; <see cref="Release"/> has to follow.</summary>
    public Task Signalled
    {
        get
        {
            _awaited = true;
            return _signalled.Task;
        }
    }

    /// <summary>Says that the program has no more to register, and waits until it may end.</summary>
    /// <returns>False when it has said so before.</returns>
    public async Task<bool> SignalAsync()
    {
        if (Interlocked.Increment(ref _signals) > 1)
        {
            return false;
        }
        _signalled.SetResult();
        if (_awaited)
        {
            await _released.Task;
        }
        return true;
    }

    /// <summary>Lets the program end.</summary>
    public void Release() => _released.TrySetResult();
}
