using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Rehearsal.Schemas;

/// <summary>Declared properties, and which of them must be given.</summary>
internal sealed record ObjectSpec(FrozenDictionary<string, PropertySpec> Properties, ImmutableArray<string> Required)
{
    public static readonly ObjectSpec Empty = new(FrozenDictionary<string, PropertySpec>.Empty, []);
}
