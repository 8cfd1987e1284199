using System.Collections.Immutable;

namespace Pulumi;

/// <summary>Arguments given by their names on the wire.</summary>
public sealed class DictionaryInvokeArgs : InvokeArgs
{
    private readonly ImmutableDictionary<string, object?> _dictionary;

    public DictionaryInvokeArgs(ImmutableDictionary<string, object?> dictionary) => _dictionary = dictionary;

    internal override IReadOnlyList<KeyValuePair<string, object?>> Members() => [.. _dictionary];
}
