using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Rehearsal.Wire;

namespace Rehearsal.Providers.TlsValues;

/// <summary>Signs a certificate with the inputs that self-signed and locally signed ones share.</summary>
internal static class Issuance
{
    private const int SerialBytes = 16;

    /// <summary>The certificate as the outputs of its resource.</summary>
    /// <param name="inputs">The resource's inputs.</param>
    /// <param name="request">Subject, public key and alternative names.</param>
    /// <param name="issuer">The name of who signs.</param>
    /// <param name="signer">The key that signs.</param>
    /// <param name="authority">The certificate of who signs; null when it signs itself.</param>
    /// <param name="now">The start of its validity.</param>
    public static (string Id, PropertyMap Outputs) Issue(PropertyMap inputs, CertificateRequest request, X500DistinguishedName issuer, TlsKey signer, X509Certificate2? authority, DateTimeOffset now)
    {
        var ca = inputs.Flag("isCaCertificate", otherwise: false);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(ca, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        foreach (var extension in CertificateUses.Extensions(inputs.Texts("allowedUses"))) request.CertificateExtensions.Add(extension);
        var subjectKey = new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false);
        if (ca || inputs.Flag("setSubjectKeyId", otherwise: false)) request.CertificateExtensions.Add(subjectKey);
        if (authority is not null && authority.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault() is { } authorityKey)
            request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(authorityKey));
        else if (authority is null && inputs.Flag("setAuthorityKeyId", otherwise: false)) request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(subjectKey));

        var hours = inputs.Whole("validityPeriodHours", 0);
        var (start, end) = (Seconds(now), Seconds(now.AddHours(hours)));
        var serial = RandomNumberGenerator.GetBytes(SerialBytes);
        // positive and without a leading zero, as a DER integer must be
        serial[0] = (byte)((serial[0] & 0x7f) | 0x40);
        using var certificate = request.Create(issuer, signer.Signer, start, end, serial);
        var renewal = end.AddHours(-inputs.Whole("earlyRenewalHours", 0));
        var outputs = inputs.Plus(
            ("certPem", PemText.Write("CERTIFICATE", certificate.RawData)), ("keyAlgorithm", Algorithm(request.PublicKey)),
            ("validityStartTime", Rfc3339(start)), ("validityEndTime", Rfc3339(end)));
        return (new BigInteger(serial, isUnsigned: true, isBigEndian: true).ToString(), outputs.With("readyForRenewal", BooleanProperty.Of(now >= renewal)));
    }

    private static string Algorithm(PublicKey key) => key.Oid.Value switch
    {
        "1.2.840.113549.1.1.1" => "RSA",
        EdTlsKey.ObjectId => "ED25519",
        _ => "ECDSA",
    };

    // certificates have no smaller unit
    private static DateTimeOffset Seconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    private static string Rfc3339(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
}
