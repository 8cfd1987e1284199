using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Rehearsal.Wire;

/// <summary>An immutable set of named values in ordinal order of their names, compared by content.</summary>
/// <remarks>Two arrays instead of a hash table: a plan of 20,000 resources holds hundreds of thousands of small maps.</remarks>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "Pulumi's own word")]
public sealed class PropertyMap : IReadOnlyDictionary<string, PropertyValue>, IEquatable<PropertyMap>
{
    public static readonly PropertyMap Empty = new([], []);

    private readonly string[] _keys;
    private readonly PropertyValue[] _values;

    private PropertyMap(string[] keys, PropertyValue[] values)
    {
        _keys = keys;
        _values = values;
    }

    public int Count => _keys.Length;

    public IEnumerable<string> Keys => _keys;

    public IEnumerable<PropertyValue> Values => _values;

    /// <summary>Whether a value in it is known only after a deployment.</summary>
    public bool ContainsUnknowns => Array.Exists(_values, value => value.ContainsUnknowns);

    /// <summary>Whether a value in it is secret.</summary>
    public bool ContainsSecrets => Array.Exists(_values, value => value.ContainsSecrets);

    public PropertyValue this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"there is no property '{key}'");

    /// <summary>Takes ownership of two arrays of the same length; sorts them.</summary>
    /// <exception cref="ArgumentException">A name occurs twice.</exception>
    public static PropertyMap Own(string[] keys, PropertyValue[] values)
    {
        if (keys.Length == 0)
        {
            return Empty;
        }
        Array.Sort(keys, values, StringComparer.Ordinal);
        for (var i = 1; i < keys.Length; i++)
        {
            if (keys[i] == keys[i - 1])
            {
                throw new ArgumentException($"the property '{keys[i]}' occurs twice", nameof(keys));
            }
        }
        return new PropertyMap(keys, values);
    }

    public static PropertyMap From(IEnumerable<KeyValuePair<string, PropertyValue>> properties)
    {
        var list = properties.ToArray();
        return Own(Array.ConvertAll(list, property => property.Key), Array.ConvertAll(list, property => property.Value));
    }

    /// <summary>A map of a few named values.</summary>
    public static PropertyMap Create(params ReadOnlySpan<(string Key, PropertyValue Value)> properties)
    {
        var (keys, values) = (new string[properties.Length], new PropertyValue[properties.Length]);
        for (var i = 0; i < properties.Length; i++)
        {
            (keys[i], values[i]) = properties[i];
        }
        return Own(keys, values);
    }

    public bool ContainsKey(string key) => Array.BinarySearch(_keys, key, StringComparer.Ordinal) >= 0;

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out PropertyValue value)
    {
        var index = Array.BinarySearch(_keys, key, StringComparer.Ordinal);
        value = index >= 0 ? _values[index] : null;
        return index >= 0;
    }

    /// <summary>The value of that name, or null.</summary>
    public PropertyValue? Find(string key) => TryGetValue(key, out var value) ? value : null;

    /// <summary>The same map with one value set.</summary>
    public PropertyMap With(string key, PropertyValue value)
    {
        var index = Array.BinarySearch(_keys, key, StringComparer.Ordinal);
        if (index < 0)
        {
            return new PropertyMap(
                [.. _keys.AsSpan(0, ~index), key, .. _keys.AsSpan(~index)], [.. _values.AsSpan(0, ~index), value, .. _values.AsSpan(~index)]);
        }
        var values = (PropertyValue[])_values.Clone();
        values[index] = value;
        return new PropertyMap(_keys, values);
    }

    /// <summary>The same map without the value of that name.</summary>
    public PropertyMap Without(string key) => ContainsKey(key) ? From(this.Where(property => property.Key != key)) : this;

    /// <summary>The same map with the values of some names marked secret.</summary>
    public PropertyMap Hide(IEnumerable<string> names)
        => names.Aggregate(this, (all, key) => all.Find(key) is { } value and not SecretProperty ? all.With(key, new SecretProperty(value)) : all);

    /// <summary>The same names with other values; itself when no value changes.</summary>
    public PropertyMap Select(Func<PropertyValue, PropertyValue> change)
    {
        PropertyValue[]? values = null;
        for (var i = 0; i < _values.Length; i++)
        {
            var changed = change(_values[i]);
            if (ReferenceEquals(changed, _values[i]))
            {
                continue;
            }
            values ??= (PropertyValue[])_values.Clone();
            values[i] = changed;
        }
        return values is null ? this : new PropertyMap(_keys, values);
    }

    public Enumerator GetEnumerator() => new(this);

    IEnumerator<KeyValuePair<string, PropertyValue>> IEnumerable<KeyValuePair<string, PropertyValue>>.GetEnumerator() => new Enumerator(this);

    IEnumerator IEnumerable.GetEnumerator() => new Enumerator(this);

    public bool Equals(PropertyMap? other)
        => ReferenceEquals(this, other) || (other is not null && _keys.AsSpan().SequenceEqual(other._keys) && _values.AsSpan().SequenceEqual(other._values));

    public override bool Equals(object? obj) => Equals(obj as PropertyMap);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var key in _keys)
        {
            hash.Add(key, StringComparer.Ordinal);
        }
        foreach (var value in _values)
        {
            hash.Add(value);
        }
        return hash.ToHashCode();
    }

    /// <summary>One line of JSON in which secrets are hidden.</summary>
    public override string ToString() => PropertyJson.Text(new ObjectProperty(this));

    /// <summary>Goes through the properties without an object of its own.</summary>
    [SuppressMessage("Performance", "CA1815:Override equals and operator equals on value types", Justification = "Nobody compares enumerators")]
    [SuppressMessage("Design", "CA1034:Nested types should not be visible", Justification = "As the collections of .NET have theirs")]
    public struct Enumerator(PropertyMap map) : IEnumerator<KeyValuePair<string, PropertyValue>>
    {
        private int _at = -1;

        public readonly KeyValuePair<string, PropertyValue> Current => new(map._keys[_at], map._values[_at]);

        readonly object IEnumerator.Current => Current;

        public bool MoveNext() => ++_at < map._keys.Length;

        public void Reset() => _at = -1;

        public readonly void Dispose()
        {
        }
    }
}
