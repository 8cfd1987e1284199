using System.Collections.Concurrent;

namespace Rehearsal.Wire;

/// <summary>Property names, each kept once: thousands of resources repeat the same few.</summary>
internal static class KeyPool
{
    // a program that makes its names up (labels, data keys) must not fill the memory with them
    private const int Limit = 4096;

    private static readonly ConcurrentDictionary<string, string> Keys = new(StringComparer.Ordinal);
    private static int _count;

    public static string Shared(string key)
    {
        if (Keys.TryGetValue(key, out var shared)) return shared;
        if (Volatile.Read(ref _count) >= Limit || !Keys.TryAdd(key, key)) return key;
        Interlocked.Increment(ref _count);
        return key;
    }
}
