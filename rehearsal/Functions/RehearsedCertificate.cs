using System.Text;

namespace Rehearsal.Functions;

/// <summary>What stands for the certificate of a cluster that was not asked: PEM armour around the word that says so.</summary>
internal static class RehearsedCertificate
{
    public static string Base64 { get; } =
        Convert.ToBase64String(Encoding.ASCII.GetBytes($"-----BEGIN CERTIFICATE-----\n{Convert.ToBase64String("rehearsed"u8)}\n-----END CERTIFICATE-----\n"));
}
