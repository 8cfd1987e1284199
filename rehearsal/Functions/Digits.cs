using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Rehearsal.Functions;

/// <summary>Identifiers that follow from a text, so that two rehearsals give the same ones.</summary>
internal static class Digits
{
    public static string Hex(string of, int length) => Convert.ToHexStringLower(Hash(of))[..length];

    public static string Decimal(string of, int length) => $"1{new BigInteger(Hash(of), isUnsigned: true)}"[..length];

    public static string Uuid(string of) => new Guid(Hash(of).AsSpan(0, 16)).ToString();

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
