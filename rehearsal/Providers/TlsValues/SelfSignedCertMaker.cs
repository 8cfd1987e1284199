using System.Security.Cryptography.X509Certificates;
using Rehearsal.Wire;

namespace Rehearsal.Providers.TlsValues;

/// <summary>A certificate signed by its own key.</summary>
internal sealed class SelfSignedCertMaker(TimeProvider clock) : IResourceMaker
{
    public string Type => "tls:index/selfSignedCert:SelfSignedCert";

    public (string Id, PropertyMap Outputs) Create(PropertyMap inputs)
    {
        using var key = TlsKey.Parse(inputs.RequiredText("privateKeyPem"), "privateKeyPem");
        var subject = CertificateSubject.Name(inputs);
        var request = new CertificateRequest(subject, key.Signer.PublicKey, key.Digest);
        if (CertificateSubject.AlternativeNames(inputs) is { } names) request.CertificateExtensions.Add(names);
        return Issuance.Issue(inputs, request, subject, key, authority: null, clock.GetUtcNow());
    }
}
