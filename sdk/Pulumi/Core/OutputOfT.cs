namespace Pulumi;

/// <summary>A value that may come later, with the resources that it depends on, and whether it is known and secret.</summary>
public sealed class Output<T> : IOutput, IGatedOutput
{
    /// <summary>Where the value comes from: a task of it, a gate that opens when <see cref="_data"/> is set, or nothing if it is there from the
    /// start.</summary>
    private readonly Task? _pending;
    private OutputData<T> _data;

    internal Output(OutputData<T> data) => _data = data;

    internal Output(Task<OutputData<T>> task)
    {
        if (task.IsCompletedSuccessfully)
        {
            _data = task.Result;
            return;
        }
        _pending = task;
        Deployment.Current?.Watch(task);
    }

    private Output(Task gate) => _pending = gate;

    internal ValueTask<OutputData<T>> Data => _pending switch
    {
        null => new(_data),
        Task<OutputData<T>> task => new(task),
        { IsCompletedSuccessfully: true } => new(_data),
        var gate => new(ThroughGateAsync(gate)),
    };

    Task? IOutput.Pending => _pending is null or { IsCompletedSuccessfully: true } ? null : _pending;

    OutputData<object?> IOutput.Data
    {
        get
        {
            var data = _pending is Task<OutputData<T>> task ? task.Result : _data;
            return data.With<object?>(data.Value);
        }
    }

    public static Output<T> Create(Task<T> value) => Output.Create(value);

    public Output<TResult> Apply<TResult>(Func<T, TResult> func) => new(ThroughValueAsync(func));

    public Output<TResult> Apply<TResult>(Func<T, Task<TResult>> func) => new(ThroughTaskAsync(func));

    public Output<ValueTuple> Apply(Func<T, Task> func) => Apply(async value =>
    {
        await func(value);
        return default(ValueTuple);
    });

    public Output<TResult> Apply<TResult>(Func<T, Input<TResult>?> func) => new(ThroughOutputAsync(value => func(value)?.ToOutput()));

    public Output<TResult> Apply<TResult>(Func<T, Output<TResult>?> func) => new(ThroughOutputAsync(func));

    public Output<TResult> UntypedApply<TResult>(Func<object?, Output<TResult>> func) => Apply(value => func(value));

    public override string ToString() =>
        "Calling [ToString] on an [Output<T>] is not supported: its value may not be there yet. "
        + "To get it as an Output<string>, use output.Apply(v => $\"prefix{v}suffix\") or Output.Format($\"prefix{output}suffix\").";

    void IGatedOutput.Settle(ResourceSet dependencies, object? value, bool isKnown, bool isSecret) =>
        _data = new OutputData<T>(dependencies, value is null ? default! : (T)value, isKnown, isSecret);

    /// <summary>An output that has its value as soon as the task is done; the code that ends the task is watched, so the output need not be.</summary>
    internal static Output<T> Behind(Task gate) => new(gate);

    private async Task<OutputData<T>> ThroughGateAsync(Task gate)
    {
        await gate;
        return _data;
    }

    private async Task<OutputData<TResult>> ThroughValueAsync<TResult>(Func<T, TResult> func)
    {
        var data = await Data;
        return data.With(data.IsKnown ? func(data.Value) : default!);
    }

    private async Task<OutputData<TResult>> ThroughTaskAsync<TResult>(Func<T, Task<TResult>> func)
    {
        var data = await Data;
        return data.With(data.IsKnown ? await Output.Given(func(data.Value), "value") : default!);
    }

    private async Task<OutputData<TResult>> ThroughOutputAsync<TResult>(Func<T, Output<TResult>?> func)
    {
        var data = await Data;
        if (!data.IsKnown)
        {
            return data.With<TResult>(default!);
        }
        var inner = func(data.Value);
        if (inner is null)
        {
            return data.With<TResult>(default!);
        }
        var result = await inner.Data;
        return new OutputData<TResult>(data.Resources.Union(result.Resources), result.Value, data.IsKnown && result.IsKnown, data.IsSecret || result.IsSecret);
    }
}
