using System.Collections.Immutable;

namespace Infra.Routing;

/// <summary>Writes the specification of an object of which this program has no class.</summary>
internal static class Spec
{
    public static ImmutableDictionary<string, object> Of(params ReadOnlySpan<(string Key, object Value)> members)
    {
        var spec = ImmutableDictionary.CreateBuilder<string, object>(StringComparer.Ordinal);
        foreach (var (key, value) in members)
        {
            spec.Add(key, value);
        }

        return spec.ToImmutable();
    }

    public static ImmutableArray<object> List(params ImmutableArray<object> items) => items;
}
