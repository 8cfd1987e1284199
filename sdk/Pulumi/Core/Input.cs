using System.Text.Json;

namespace Pulumi;

/// <summary>An input whose type of value is not known at compile time.</summary>
internal interface IInput
{
    /// <summary>What was given, as it travels: a plain value, an output, or the elements of a list or a map as inputs of their own.</summary>
    object? Content { get; }

    /// <summary>The whole value as one output.</summary>
    IOutput Flatten();
}

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

/// <summary>Treats inputs as outputs; an input that was not given is a null.</summary>
public static class InputExtensions
{
    public static Output<TResult> Apply<T, TResult>(this Input<T>? input, Func<T, TResult> func) => ToOutput(input).Apply(func);

    public static Output<TResult> Apply<T, TResult>(this Input<T>? input, Func<T, Task<TResult>> func) => ToOutput(input).Apply(func);

    public static Output<TResult> Apply<T, TResult>(this Input<T>? input, Func<T, Input<TResult>?> func) => ToOutput(input).Apply(func);

    public static Output<TResult> Apply<T, TResult>(this Input<T>? input, Func<T, Output<TResult>?> func) => ToOutput(input).Apply(func);

    public static Output<T> ToOutput<T>(this Input<T>? input) => input is null ? Output.Create(default(T)!) : input.ToOutput();
}

/// <summary>An input of one of two types.</summary>
public sealed class InputUnion<T0, T1> : Input<Union<T0, T1>>
{
    public InputUnion() : base(default(Union<T0, T1>))
    {
    }

    private InputUnion(Union<T0, T1> value) : base(value)
    {
    }

    private InputUnion(Output<Union<T0, T1>> output) : base(output)
    {
    }

    public static implicit operator InputUnion<T0, T1>(T0 value) => new(Union<T0, T1>.FromT0(value));

    public static implicit operator InputUnion<T0, T1>(T1 value) => new(Union<T0, T1>.FromT1(value));

    public static implicit operator InputUnion<T0, T1>(Union<T0, T1> value) => new(value);

    public static implicit operator InputUnion<T0, T1>(Output<T0> value) => new(value.Apply(Union<T0, T1>.FromT0));

    public static implicit operator InputUnion<T0, T1>(Output<T1> value) => new(value.Apply(Union<T0, T1>.FromT1));

    public static implicit operator InputUnion<T0, T1>(Output<Union<T0, T1>> value) => new(value);

    public static implicit operator InputUnion<T0, T1>(Input<T0> value) => value.ToOutput();

    public static implicit operator InputUnion<T0, T1>(Input<T1> value) => value.ToOutput();
}

/// <summary>An input of any JSON value.</summary>
public sealed class InputJson : Input<JsonElement>
{
    public InputJson() : this(JsonElement.Parse("null"))
    {
    }

    private InputJson(JsonElement element) : base(element)
    {
    }

    private InputJson(Output<JsonElement> element) : base(element)
    {
    }

    public static implicit operator InputJson(string json) => new(JsonElement.Parse(json));

    public static implicit operator InputJson(JsonDocument document) => new(document.RootElement);

    public static implicit operator InputJson(JsonElement element) => new(element);

    public static implicit operator InputJson(Output<string> json) => new(json.Apply(item => JsonElement.Parse(item)));

    public static implicit operator InputJson(Output<JsonDocument> document) => new(document.Apply(data => data.RootElement));

    public static implicit operator InputJson(Output<JsonElement> element) => new(element);
}
