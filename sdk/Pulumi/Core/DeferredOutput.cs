namespace Pulumi;

/// <summary>An output that is handed out before there is anything to take it from.</summary>
public sealed class DeferredOutput<T>
{
    private readonly TaskCompletionSource<OutputData<T>> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool _isResolved;

    public DeferredOutput() => Output = new Output<T>(_source.Task);

    public Output<T> Output { get; }

    /// <summary>Says where the value comes from; once.</summary>
    /// <exception cref="InvalidOperationException">It was said before.</exception>
    public void Resolve(Output<T> output)
    {
        if (Interlocked.Exchange(ref _isResolved, true))
        {
            throw new InvalidOperationException("A DeferredOutput is resolved once; this one has its output.");
        }
        _ = CopyAsync(output);
    }

    private async Task CopyAsync(Output<T> output)
    {
        try
        {
            _source.SetResult(await output.Data);
        }
        catch (Exception e)
        {
            _source.SetException(e);
        }
    }
}
