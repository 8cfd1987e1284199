using System.Collections.Immutable;
using Pulumi.Serialization;

namespace Pulumi;

/// <summary>Arguments given by their names on the wire.</summary>
public sealed class DictionaryResourceArgs : ResourceArgs
{
    private readonly ImmutableDictionary<string, object?> _dictionary;

    /// <summary>Takes arguments by their names on the wire.</summary>
    /// <exception cref="InvalidOperationException">A value is of a type that no answer of the engine converts to either.</exception>
    public DictionaryResourceArgs(ImmutableDictionary<string, object?> dictionary)
    {
        ValueConverter.CheckValues(nameof(dictionary), dictionary.Values);
        _dictionary = dictionary;
    }

    internal override IReadOnlyList<KeyValuePair<string, object?>> Members() => [.. _dictionary];
}
