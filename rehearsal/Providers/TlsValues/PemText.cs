using System.Security.Cryptography;

namespace Rehearsal.Providers.TlsValues;

/// <summary>PEM as Go writes it: 64 characters a line and a newline at the end.</summary>
internal static class PemText
{
    public static string Write(string label, byte[] der) => PemEncoding.WriteString(label, der) + "\n";
}
