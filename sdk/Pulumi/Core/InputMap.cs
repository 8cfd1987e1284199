using System.Collections;
using System.Collections.Immutable;

namespace Pulumi;

/// <summary>A map from texts to inputs, built in place with a collection initialiser or taken from an output as a whole.</summary>
public sealed class InputMap<TValue> : Input<ImmutableDictionary<string, TValue>>, IEnumerable, IAsyncEnumerable<Input<KeyValuePair<string, TValue>>>
{
    /// <summary>The entries, as long as all of them are there.</summary>
    private readonly Dictionary<string, Input<TValue>> _items = new(StringComparer.Ordinal);

    /// <summary>The entries, from the moment on that some come from an output of a map.</summary>
    private Output<ImmutableDictionary<string, Input<TValue>>>? _later;

    public InputMap()
    {
    }

    private InputMap(Output<ImmutableDictionary<string, Input<TValue>>> later) => _later = later;

    private protected override object? Content => _later ?? (object?)new Dictionary<string, Input<TValue>>(_items, StringComparer.Ordinal);

    public Input<TValue> this[string key]
    {
        set => Add(key, value);
    }

    public static implicit operator InputMap<TValue>(Dictionary<string, TValue> values) => Of(values);

    public static implicit operator InputMap<TValue>(ImmutableDictionary<string, TValue> values) => Of(values);

    public static implicit operator InputMap<TValue>(Output<Dictionary<string, TValue>> values) => new(values.Apply(Entries));

    public static implicit operator InputMap<TValue>(Output<IDictionary<string, TValue>> values) => new(values.Apply(Entries));

    public static implicit operator InputMap<TValue>(Output<ImmutableDictionary<string, TValue>> values) => new(values.Apply(Entries));

    /// <summary>A map with the entries of both; where both have a key, the second decides.</summary>
    public static InputMap<TValue> Merge(InputMap<TValue> first, InputMap<TValue> second)
    {
        var merged = new InputMap<TValue>();
        merged.AddRange(first);
        merged.AddRange(second);
        return merged;
    }

    public void Add(string key, Input<TValue> value)
    {
        if (_later is null) _items[key] = value;
        else _later = _later.Apply(before => before.SetItem(key, value));
    }

    /// <summary>Adds the entries of another map; for collection initialisers.</summary>
    public void Add(InputMap<TValue> values) => AddRange(values);

    public void AddRange(InputMap<TValue> values)
    {
        if (_later is null && values._later is null)
        {
            foreach (var (key, value) in values._items) _items[key] = value;
        }
        else
        {
            _later = Output.Tuple(Entries(), values.Entries()).Apply(both => both.Item1.SetItems(both.Item2));
        }
    }

    public async IAsyncEnumerator<Input<KeyValuePair<string, TValue>>> GetAsyncEnumerator(CancellationToken cancellationToken)
    {
        var data = await ToOutput().Data;
        foreach (var entry in data.Value) yield return entry;
    }

    IEnumerator IEnumerable.GetEnumerator() => throw new NotSupportedException($"A {GetType().FullName} has a collection initialiser only; its entries may not be there yet: use [await foreach] or [Apply].");

    internal override Output<ImmutableDictionary<string, TValue>> ToOutput() => _later is null ? Gather([.. _items]) : _later.Apply(items => Gather([.. items]));

    private static InputMap<TValue> Of(IEnumerable<KeyValuePair<string, TValue>> values)
    {
        var map = new InputMap<TValue>();
        foreach (var (key, value) in values) map._items.Add(key, value);
        return map;
    }

    private static ImmutableDictionary<string, Input<TValue>> Entries(IEnumerable<KeyValuePair<string, TValue>> values) => values.ToImmutableDictionary(v => v.Key, v => (Input<TValue>)v.Value);

    private static Output<ImmutableDictionary<string, TValue>> Gather(KeyValuePair<string, Input<TValue>>[] items) =>
        Output.All(items.Select(i => i.Value)).Apply(values => items.Select((item, i) => KeyValuePair.Create(item.Key, values[i])).ToImmutableDictionary());

    private Output<ImmutableDictionary<string, Input<TValue>>> Entries() => _later ?? Output.Create(_items.ToImmutableDictionary());
}
