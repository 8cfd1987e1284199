using System.Security.Cryptography;
using System.Text;

namespace Rehearsal.Providers.RandomValues;

/// <summary>Randomness: the machine's own, or a repeatable one when a seed is given (not the sequence of the real provider, whose generator is Go's).</summary>
internal static class Seed
{
    public static Func<int, int> Below(string? seed)
    {
        if (string.IsNullOrEmpty(seed)) return RandomNumberGenerator.GetInt32;
        var repeatable = new Random(BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(seed))));
        return repeatable.Next;
    }
}
