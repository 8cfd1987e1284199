namespace Pulumi;

/// <summary>Knows what is still under way in a run, and what went wrong first.</summary>
internal sealed class Runner
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _pending;

    /// <summary>Keeps the run going until the task is done, and ends it if the task fails.</summary>
    public void Watch(Task task)
    {
        if (task.IsCompletedSuccessfully)
        {
            return;
        }
        Interlocked.Increment(ref _pending);
        _ = task.ContinueWith(
            static (done, self) => ((Runner)self!).Finish(done),
            this,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    /// <summary>Runs the program and waits for everything that it started; returns as soon as something fails, even if the rest never ends.</summary>
    /// <exception cref="Exception">What failed first.</exception>
    public async Task DrainAsync(Func<Task> program)
    {
        Interlocked.Increment(ref _pending);
        Watch(program());
        Release();
        await _ended.Task;
    }

    private void Finish(Task done)
    {
        if (done.IsCompletedSuccessfully)
        {
            Release();
            return;
        }
        _ended.TrySetException(done.Exception?.InnerException ?? new TaskCanceledException(done));
    }

    private void Release()
    {
        if (Interlocked.Decrement(ref _pending) == 0)
        {
            _ended.TrySetResult();
        }
    }
}
