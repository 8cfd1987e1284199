using System.Collections.Immutable;
using System.Reflection;

namespace Stacks.Settings.Reading;

/// <summary>Typed immutable collections of items whose type is known only when the program runs.</summary>
internal static class Collections
{
    public static object List(Type item, IEnumerable<object> values) => Call(nameof(ToArray), item, values);

    public static object Map(Type item, IEnumerable<KeyValuePair<string, object>> entries) => Call(nameof(ToDictionary), item, entries);

    private static ImmutableArray<T> ToArray<T>(IEnumerable<object> values) => [.. values.Cast<T>()];

    private static ImmutableSortedDictionary<string, T> ToDictionary<T>(IEnumerable<KeyValuePair<string, object>> entries) =>
        entries.ToImmutableSortedDictionary(entry => entry.Key, entry => (T)entry.Value, StringComparer.Ordinal);

    private static object Call(string method, Type item, object argument) =>
        typeof(Collections).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(item).Invoke(null, [argument])!;
}
