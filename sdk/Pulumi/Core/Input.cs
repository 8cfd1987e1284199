namespace Pulumi;

/// <summary>A value for a resource: there already, or an output.</summary>
public class Input<T> : IInput
{
    private readonly T _value = default!;
    private readonly Output<T>? _output;

    internal Input(T value) => _value = value;

    internal Input(Output<T> output) => _output = output;

    private protected Input()
    {
    }

    object? IInput.Content => Content;

    private protected virtual object? Content => _output ?? (object?)_value;

    public static implicit operator Input<T>(T value) => new(value);

    public static implicit operator Input<T>(Output<T> value) => value is null ? new Input<T>(default(T)!) : new Input<T>(value);

    public static implicit operator Output<T>(Input<T> input) => input.ToOutput();

    IOutput IInput.Flatten() => ToOutput();

    internal virtual Output<T> ToOutput() => _output ?? Output.Create(_value);
}
