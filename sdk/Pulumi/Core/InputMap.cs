using System.Collections;
using System.Collections.Immutable;

namespace Pulumi;

/// <summary>A map from texts to inputs, built in place with a collection initialiser or taken from an output as a whole.</summary>
public sealed class InputMap<TValue> : Input<ImmutableDictionary<string, TValue>>, IEnumerable, IAsyncEnumerable<Input<KeyValuePair<string, TValue>>>
{
    /// <summary>The entries, as long as all of them are there.</summary>
    private readonly Dictionary<string, Input<TValue>> _items = new(StringComparer.Ordinal);

    /// <summary>The entries, from the moment on that some come from an output of a map; what comes may be null, and stays it.</summary>
    private Output<ImmutableDictionary<string, Input<TValue>>>? _later;

    public InputMap()
    {
    }

    private InputMap(Output<ImmutableDictionary<string, Input<TValue>>> later) => _later = later;

    private protected override object? Content => _later ?? (object?)Copy();

    public Input<TValue> this[string key]
    {
        set => Add(key, value);
    }

    // A map that is not there is an error of the run, not of this line
    public static implicit operator InputMap<TValue>(Dictionary<string, TValue> values) => values is null ? Output.Create(values!) : Of(values);

    public static implicit operator InputMap<TValue>(ImmutableDictionary<string, TValue> values) => values is null ? Output.Create(values!) : Of(values);

    public static implicit operator InputMap<TValue>(Output<Dictionary<string, TValue>> values) => new(values.Apply(Entries));

    public static implicit operator InputMap<TValue>(Output<IDictionary<string, TValue>> values) => new(values.Apply(Entries));

    public static implicit operator InputMap<TValue>(Output<ImmutableDictionary<string, TValue>> values) =>
        new(values.Apply(value => value is null ? null! : Entries(value)));

    /// <summary>A map with the entries of both; where both have a key, the second decides.</summary>
    public static InputMap<TValue> Merge(InputMap<TValue> first, InputMap<TValue> second)
    {
        if (first._later is not null || second._later is not null)
        {
            return new(Output.Tuple(first.Entries(), second.Entries()).Apply(both => both.Item1.SetItems(both.Item2)));
        }
        var merged = new InputMap<TValue>();
        foreach (var (key, value) in first._items)
        {
            merged._items[key] = value;
        }
        foreach (var (key, value) in second._items)
        {
            merged._items[key] = value;
        }
        return merged;
    }

    /// <summary>Adds an entry; a key that is there already must have the same value.</summary>
    public void Add(string key, Input<TValue> value)
    {
        if (_later is not null)
        {
            _later = _later.Apply(before => before.TryGetValue(key, out var there) ? before.SetItem(key, Same(key, there, value)) : before.Add(key, value));
        }
        else if (!_items.TryAdd(key, value))
        {
            _items[key] = Same(key, _items[key], value);
        }
    }

    /// <summary>Adds the entries of another map; for collection initialisers.</summary>
    public void Add(InputMap<TValue> values) => AddRange(values);

    /// <summary>Adds the entries of another map; a key that is there already makes the run fail.</summary>
    public void AddRange(InputMap<TValue> values)
    {
        if (_later is null && values._later is null && !values._items.Keys.Any(_items.ContainsKey))
        {
            foreach (var (key, value) in values._items)
            {
                _items.Add(key, value);
            }
        }
        else
        {
            _later = Output.Tuple(Entries(), values.Entries()).Apply(both => both.Item1.AddRange(both.Item2));
        }
    }

    public async IAsyncEnumerator<Input<KeyValuePair<string, TValue>>> GetAsyncEnumerator(CancellationToken cancellationToken)
    {
        var data = await ToOutput().Data;
        if (!data.IsKnown)
        {
            yield break;
        }
        foreach (var entry in data.Value)
        {
            yield return entry;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() =>
        throw new NotSupportedException(
            $"A {GetType().FullName} has a collection initialiser only; its entries may not be there yet: use [await foreach] or [Apply].");

    internal override Output<ImmutableDictionary<string, TValue>> ToOutput() =>
        _later is null
            ? Gather([.. _items])
            : _later.Apply(items => items is null ? Output.Create(default(ImmutableDictionary<string, TValue>)!) : Gather([.. items]));

    /// <summary>The entries one by one, each with its own marks.</summary>
    internal Output<ImmutableDictionary<string, Input<TValue>>> Entries() => _later ?? Output.Create(_items.ToImmutableDictionary());

    /// <summary>The entries as they are now: more may be added while they are written.</summary>
    private InputEntries Copy()
    {
        var (copy, next) = (new KeyValuePair<string, object?>[_items.Count], 0);
        foreach (var (key, value) in _items)
        {
            copy[next++] = new(key, value);
        }
        return new InputEntries(copy);
    }

    private static InputMap<TValue> Of(IEnumerable<KeyValuePair<string, TValue>> values)
    {
        var map = new InputMap<TValue>();
        foreach (var (key, value) in values)
        {
            map._items.Add(key, value);
        }
        return map;
    }

    private static ImmutableDictionary<string, Input<TValue>> Entries(IEnumerable<KeyValuePair<string, TValue>> pairs) =>
        Output.Given(pairs).ToImmutableDictionary(property => property.Key, property => (Input<TValue>)property.Value);

    /// <summary>A value that was given twice, with the marks of both; only who awaits it learns that the two differ.</summary>
    private static Output<TValue> Same(string key, Input<TValue> first, Input<TValue> second) => Output.Tuple(first, second).Apply(both =>
        EqualityComparer<TValue>.Default.Equals(both.Item1, both.Item2)
            ? both.Item1
            : throw new ArgumentException($"Key '{key}' already exists in the map with a different value."));

    private static Output<ImmutableDictionary<string, TValue>> Gather(KeyValuePair<string, Input<TValue>>[] items) =>
        Output
            .All(items.Select(index => index.Value))
            .Apply(values => items.Select((item, index) => KeyValuePair.Create(item.Key, values[index])).ToImmutableDictionary());
}

/// <summary>The entries of a map as they travel.</summary>
internal sealed record InputEntries(KeyValuePair<string, object?>[] All);

/// <summary>Lets a map of unions take inputs of either type.</summary>
public static class InputMapExtensions
{
    public static void Add<T0, T1>(this InputMap<Union<T0, T1>> map, string key, Input<T0> value) => map.Add(key, value.Apply(Union<T0, T1>.FromT0));

    public static void Add<T0, T1>(this InputMap<Union<T0, T1>> map, string key, Input<T1> value) => map.Add(key, value.Apply(Union<T0, T1>.FromT1));
}
