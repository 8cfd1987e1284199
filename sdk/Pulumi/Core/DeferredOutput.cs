namespace Pulumi;

/// <summary>An output that is handed out before there is anything to take it from.</summary>
public sealed class DeferredOutput<T>
{
    private readonly TaskCompletionSource<OutputData<T>> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DeferredOutput() => Output = new Output<T>(_source.Task);

    public Output<T> Output { get; }

    /// <summary>Says where the value comes from; once.</summary>
    public void Resolve(Output<T> output) => _ = CopyAsync(output);

    private async Task CopyAsync(Output<T> output)
    {
        try
        {
            _source.SetResult(await output.Data);
        }
        catch (Exception e) when (e is not InvalidOperationException || !_source.Task.IsCompleted)
        {
            _source.TrySetException(e);
        }
    }
}
