using System.Collections;
using System.Collections.Immutable;

namespace Pulumi;

/// <summary>A list of inputs, built in place with a collection initialiser or taken from an output as a whole.</summary>
public sealed class InputList<T> : Input<ImmutableArray<T>>, IEnumerable, IAsyncEnumerable<Input<T>>
{
    /// <summary>The elements, as long as all of them are there.</summary>
    private readonly List<Input<T>> _items = [];

    /// <summary>The elements, from the moment on that some come from an output of a list.</summary>
    private Output<ImmutableArray<Input<T>>>? _later;

    public InputList()
    {
    }

    private InputList(IEnumerable<Input<T>> items) => _items.AddRange(items);

    private InputList(Output<ImmutableArray<Input<T>>> later) => _later = later;

    private protected override object? Content => _later ?? (object?)_items.ToArray();

    public static implicit operator InputList<T>(T value) => new([value]);

    public static implicit operator InputList<T>(Output<T> value) => new([value]);

    public static implicit operator InputList<T>(Input<T> value) => new([value]);

    public static implicit operator InputList<T>(T[] values) => new(values.Select(Plain));

    public static implicit operator InputList<T>(Output<T>[] values) => new(values.Select(Later));

    public static implicit operator InputList<T>(Input<T>[] values) => new(Present(values));

    public static implicit operator InputList<T>(List<T> values) => new(Present(values).Select(Plain));

    public static implicit operator InputList<T>(List<Output<T>> values) => new(Present(values).Select(Later));

    public static implicit operator InputList<T>(List<Input<T>> values) => new(Present(values));

    public static implicit operator InputList<T>(ImmutableArray<T> values) => values.IsDefault ? new InputList<T>() : new InputList<T>(values.Select(Plain));

    public static implicit operator InputList<T>(ImmutableArray<Output<T>> values) =>
        values.IsDefault ? new InputList<T>() : new InputList<T>(values.Select(Later));

    public static implicit operator InputList<T>(ImmutableArray<Input<T>> values) => values.IsDefault ? new InputList<T>() : new InputList<T>(values);

    public static implicit operator InputList<T>(Output<T[]> values) => new(values.Apply(Elements));

    public static implicit operator InputList<T>(Output<List<T>> values) => new(values.Apply(Elements));

    public static implicit operator InputList<T>(Output<IEnumerable<T>> values) => new(values.Apply(Elements));

    public static implicit operator InputList<T>(Output<ImmutableArray<T>> values) => new(values.Apply(value => value.IsDefault ? [] : Elements(value)));

    public void Add(params Input<T>[] inputs)
    {
        if (_later is null)
        {
            _items.AddRange(inputs);
        }
        else
        {
            _later = _later.Apply(before => before.AddRange(inputs));
        }
    }

    /// <summary>Adds the elements of another list; for collection initialisers.</summary>
    public void Add(InputList<T> inputs) => AddRange(inputs);

    public void AddRange(InputList<T> inputs)
    {
        if (_later is null && inputs._later is null)
        {
            _items.AddRange(inputs._items);
        }
        else
        {
            _later = Output.Tuple(Elements(), inputs.Elements()).Apply(both => both.Item1.AddRange(both.Item2));
        }
    }

    public InputList<T> Concat(InputList<T> other)
    {
        var both = _later is null ? new InputList<T>(_items) : new InputList<T>(_later);
        both.AddRange(other);
        return both;
    }

    public async IAsyncEnumerator<Input<T>> GetAsyncEnumerator(CancellationToken cancellationToken)
    {
        var data = await ToOutput().Data;
        if (!data.IsKnown)
        {
            yield break;
        }
        foreach (var value in data.Value)
        {
            yield return value;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() =>
        throw new NotSupportedException(
            $"A {GetType().FullName} has a collection initialiser only; its elements may not be there yet: use [await foreach] or [Apply].");

    internal override Output<ImmutableArray<T>> ToOutput() => _later is null ? Output.All(_items) : _later.Apply(items => Output.All(items));

    /// <summary>The elements one by one, each with its own marks.</summary>
    internal Output<ImmutableArray<Input<T>>> Elements() => _later ?? Output.Create(_items.ToImmutableArray());

    private static Input<T> Plain(T value) => value;

    private static Input<T> Later(Output<T> value) => value;

    /// <summary>A list that must be there; the name in the error is the one that the official package gives.</summary>
    private static TList Present<TList>(TList items)
        where TList : class => Output.Given(items);

    private static ImmutableArray<Input<T>> Elements(IEnumerable<T> values) => [.. Present(values).Select(Plain)];
}

/// <summary>Lets a list of unions take inputs of either type.</summary>
public static class InputListExtensions
{
    public static void Add<T0, T1>(this InputList<Union<T0, T1>> list, Input<T0> value) => list.Add(value.Apply(Union<T0, T1>.FromT0));

    public static void Add<T0, T1>(this InputList<Union<T0, T1>> list, Input<T1> value) => list.Add(value.Apply(Union<T0, T1>.FromT1));
}
