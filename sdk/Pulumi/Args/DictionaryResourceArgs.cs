using System.Collections.Immutable;

namespace Pulumi;

/// <summary>Arguments given by their names on the wire.</summary>
public sealed class DictionaryResourceArgs : ResourceArgs
{
    private readonly ImmutableDictionary<string, object?> _dictionary;

    public DictionaryResourceArgs(ImmutableDictionary<string, object?> dictionary) => _dictionary = dictionary;

    internal override IReadOnlyList<KeyValuePair<string, object?>> Members() => [.. _dictionary];
}
