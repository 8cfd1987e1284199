using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Rehearsal.Wire;

namespace Rehearsal.Providers.TlsValues;

/// <summary>A certificate for a signing request, signed by a certificate authority of the program's own.</summary>
internal sealed class LocallySignedCertMaker(TimeProvider clock) : IResourceMaker
{
    private const string AlternativeNames = "2.5.29.17";

    public string Type => "tls:index/locallySignedCert:LocallySignedCert";

    public (string Id, PropertyMap Outputs) Create(PropertyMap inputs)
    {
        using var key = TlsKey.Parse(inputs.RequiredText("caPrivateKeyPem"), "caPrivateKeyPem");
        using var authority = Read("caCertPem", () => X509Certificate2.CreateFromPem(inputs.RequiredText("caCertPem")));
        // the signature of a request by an Ed25519 key is beyond the framework; the request comes from the same program
        var asked = Read("certRequestPem", () => CertificateRequest.LoadSigningRequestPem(
            inputs.RequiredText("certRequestPem"), key.Digest, CertificateRequestLoadOptions.UnsafeLoadCertificateExtensions | CertificateRequestLoadOptions.SkipSignatureValidation));
        var request = new CertificateRequest(asked.SubjectName, asked.PublicKey, key.Digest);
        // of what a request asks, the provider takes over the names; uses and constraints come from the resource's inputs
        foreach (var names in asked.CertificateExtensions.Where(e => e.Oid?.Value == AlternativeNames)) request.CertificateExtensions.Add(names);
        return Issuance.Issue(inputs, request, authority.SubjectName, key, authority, clock.GetUtcNow());
    }

    private static T Read<T>(string input, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new FormatException($"{input} cannot be read: {e.Message}", e);
        }
    }
}
