using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Infra.Dns;

namespace Stacks.Settings;

/// <summary>A certificate and its key as files that somebody else's authority has given.</summary>
internal static class TlsFiles
{
    /// <summary>The Secret that this stack makes of them; not the one that cert-manager fills, which would be there already.</summary>
    public const string SecretName = "workbench-tls-given";

    /// <summary>Days before its end from which on a certificate is warned of.</summary>
    public const int WarningDays = 30;

    private const string Certificates = "the certificate of the host in PEM, first, and those of the authorities above it";
    private const string Keys = "the private key of the certificate in PEM, without a passphrase";
    private const string SubjectAlternativeNames = "2.5.29.17";

    private static SettingPath CertificateAt => SettingPath.Top(WorkbenchIngressSettings.CertificateKey);

    private static SettingPath KeyAt => SettingPath.Top(WorkbenchIngressSettings.KeyKey);

    /// <summary>What is wrong with the two, or will be before long; neither is ever shown.</summary>
    /// <param name="certificates">The certificate, and its chain.</param>
    /// <param name="key">The key.</param>
    /// <param name="host">The host at which it is shown.</param>
    /// <param name="today">The day on which it is.</param>
    public static IEnumerable<SettingsProblem> Check(string certificates, string key, DomainName host, DateOnly today)
    {
        var (read, what) = Read(certificates);
        if (read is null)
        {
            return [Certificate(what!, Certificates)];
        }

        using (read)
        {
            // What is not evaluated here would be asked of a certificate that is gone.
            SettingsProblem[] problems = [.. CheckKey(read, key), .. CheckName(read, host), .. CheckDates(read, today)];
            return problems;
        }
    }

    private static (X509Certificate2? First, string? What) Read(string text)
    {
        if (text.Contains("PRIVATE KEY", StringComparison.Ordinal))
        {
            return (null, $"holds a private key, which belongs into platform:{WorkbenchIngressSettings.KeyKey}");
        }

        try
        {
            var all = new X509Certificate2Collection();
            all.ImportFromPem(text);
            foreach (var other in all.Skip(1))
            {
                other.Dispose();
            }

            return all.Count == 0 ? (null, "holds no certificate in PEM") : (all[0], null);
        }
        catch (CryptographicException)
        {
            return (null, "holds a certificate that cannot be read");
        }
    }

    private static IEnumerable<SettingsProblem> CheckKey(X509Certificate2 certificate, string key)
    {
        if (key.Contains("ENCRYPTED", StringComparison.Ordinal))
        {
            return [Key("is locked with a passphrase, which no ingress controller has", "openssl pkey -in tls.key -out open.key, and take that one")];
        }

        try
        {
            using var pair = certificate.PublicKey.Oid.Value switch
            {
                Rsa => WithKey<RSA>(certificate, key, RSA.Create(), RSACertificateExtensions.CopyWithPrivateKey),
                Elliptic => WithKey<ECDsa>(certificate, key, ECDsa.Create(), ECDsaCertificateExtensions.CopyWithPrivateKey),
                _ => null,
            };
            return pair is null
                ? [Certificate("has a key of a kind that browsers do not take", "a certificate with an RSA or elliptic curve key")]
                : [];
        }
        catch (Exception problem) when (problem is ArgumentException or CryptographicException)
        {
            // The library does not tell apart what is damaged, of another kind, and another certificate's.
            return [Key(
                key.Contains("PRIVATE KEY", StringComparison.Ordinal) ? "is not the key of the certificate" : "holds no private key in PEM",
                $"pulumi config set --secret platform:{WorkbenchIngressSettings.KeyKey} < tls.key, with the file that belongs to the certificate")];
        }
    }

    // RFC 3279 2.3.1 and 2.3.5.
    private const string Rsa = "1.2.840.113549.1.1.1";
    private const string Elliptic = "1.2.840.10045.2.1";

    private static X509Certificate2 WithKey<T>(X509Certificate2 certificate, string pem, T empty, Func<X509Certificate2, T, X509Certificate2> join)
        where T : AsymmetricAlgorithm
    {
        using (empty)
        {
            empty.ImportFromPem(pem);
            return join(certificate, empty);
        }
    }

    private static IEnumerable<SettingsProblem> CheckName(X509Certificate2 certificate, DomainName host)
    {
        var names = NamesOf(certificate);
        if (names.Length == 0)
        {
            yield return Certificate("has no host name that browsers look at (subjectAltName)", $"a certificate for {host}");
        }
        else if (!names.Any(name => DomainName.TryParse(name, out var parsed) && parsed.Covers(host)))
        {
            // A certificate is shown to everybody who connects: its names are no secret.
            yield return Certificate($"is for {string.Join(", ", names)}, and not for {host}", $"a certificate for {host}");
        }
    }

    private static string[] NamesOf(X509Certificate2 certificate) =>
        certificate.Extensions.FirstOrDefault(extension => extension.Oid?.Value == SubjectAlternativeNames) is { } extension
            ? [.. new X509SubjectAlternativeNameExtension(extension.RawData).EnumerateDnsNames()]
            : [];

    private static IEnumerable<SettingsProblem> CheckDates(X509Certificate2 certificate, DateOnly today)
    {
        var (first, last) = (DateOnly.FromDateTime(certificate.NotBefore.ToUniversalTime()), DateOnly.FromDateTime(certificate.NotAfter.ToUniversalTime()));
        if (last < today)
        {
            yield return Certificate($"has expired on {last:yyyy-MM-dd}", "a certificate that is valid");
        }
        else if (first > today)
        {
            yield return Certificate($"is valid from {first:yyyy-MM-dd} on only", "a certificate that is valid");
        }
        else if (last < today.AddDays(WarningDays))
        {
            yield return SettingsProblem.Warning(
                CertificateAt, $"expires on {last:yyyy-MM-dd}, and nothing here renews it", $"a certificate for {WarningDays} days or more",
                "ask for the next one, or let clusterIssuer renew it");
        }
    }

    private static SettingsProblem Certificate(string what, string allowed) => new(
        CertificateAt, what, allowed, $"pulumi config set --secret platform:{WorkbenchIngressSettings.CertificateKey} < tls.crt", SettingsProblem.Hidden);

    private static SettingsProblem Key(string what, string fix) => new(KeyAt, what, Keys, fix, SettingsProblem.Hidden);
}
