using System.Security.Cryptography.X509Certificates;

namespace Operate.Verifying;

/// <summary>Whether a server's certificate leads to an authority that is trusted here.</summary>
/// <param name="IsTrusted">Whether it does; its own dates apart, which <c>tls</c> asks for by themselves.</param>
/// <param name="Path">The subjects from the certificate to the authority.</param>
/// <param name="Reason">Why it does not, as the end of a sentence; empty where it does.</param>
internal sealed record CertificateChain(bool IsTrusted, string Path, string Reason)
{
    // What is asked of its own dates
    private const X509ChainStatusFlags OwnDates = X509ChainStatusFlags.NotTimeValid;

    /// <summary>Judges a certificate.</summary>
    /// <param name="certificate">What the server shows.</param>
    /// <param name="sent">The chain of the handshake: further certificates that the server sent are in it.</param>
    /// <param name="authorities">Authorities that are trusted beside this machine's.</param>
    public static CertificateChain Judge(X509Certificate certificate, X509Chain? sent, X509Certificate2Collection authorities)
    {
        using var own = new X509Certificate2(certificate);
        var extra = new X509Certificate2Collection(sent?.ChainPolicy.ExtraStore ?? []);
        var judged = Build(own, extra, roots: null);
        if (!judged.IsTrusted && authorities.Count > 0)
        {
            var privately = Build(own, extra, authorities);
            judged = privately.IsTrusted ? privately : judged with { Reason = $"{judged.Reason}, and --ca-file does not hold it either" };
        }
        return judged;
    }

    private static CertificateChain Build(X509Certificate2 certificate, X509Certificate2Collection extra, X509Certificate2Collection? roots)
    {
        using var chain = new X509Chain();
        // Clients of the platform fetch nothing: a server has to send its intermediate certificates itself
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ExtraStore.AddRange(extra);
        if (roots is not null)
        {
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        }
        chain.Build(certificate);
        var path = string.Join(" <- ", chain.ChainElements.Select(element => Name(element.Certificate)));
        for (var place = 0; place < chain.ChainElements.Count; place++)
        {
            var element = chain.ChainElements[place];
            var status = element.ChainElementStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
            status = place == 0 ? status & ~OwnDates : status;
            if (Problem(status, element.Certificate, place == 0) is { } problem)
            {
                return new CertificateChain(false, path, problem);
            }
        }
        return new CertificateChain(true, path, "");
    }

    private static string? Problem(X509ChainStatusFlags status, X509Certificate2 certificate, bool isOwn) => status switch
    {
        X509ChainStatusFlags.NoError => null,
        _ when status.HasFlag(X509ChainStatusFlags.UntrustedRoot) && isOwn => "it is self-signed",
        _ when status.HasFlag(X509ChainStatusFlags.UntrustedRoot) => $"its authority '{Name(certificate)}' is not trusted here",
        _ when status.HasFlag(X509ChainStatusFlags.PartialChain) =>
            $"the certificate of its authority '{NameOf(certificate.Issuer)}' is neither sent by the server nor trusted here",
        _ when status.HasFlag(X509ChainStatusFlags.NotTimeValid) => $"'{Name(certificate)}' in its chain has expired, or is not valid yet",
        _ => $"'{Name(certificate)}': {status}",
    };

    public static string Name(X509Certificate2 certificate) => NameOf(certificate.Subject);

    // CN=connect.example.com, O=Example
    private static string NameOf(string subject) => subject.Split(", ").FirstOrDefault(part => part.StartsWith("CN=", StringComparison.Ordinal))?[3..]
        ?? (subject.Length > 0 ? subject : "without a name");
}
