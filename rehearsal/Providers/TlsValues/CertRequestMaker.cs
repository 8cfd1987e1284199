using System.Security.Cryptography.X509Certificates;
using Rehearsal.Wire;

namespace Rehearsal.Providers.TlsValues;

/// <summary>A signing request (PKCS#10).</summary>
internal sealed class CertRequestMaker : IResourceMaker
{
    public string Type => "tls:index/certRequest:CertRequest";

    public (string Id, PropertyMap Outputs) Create(PropertyMap inputs)
    {
        using var key = TlsKey.Parse(inputs.RequiredText("privateKeyPem"), "privateKeyPem");
        var request = new CertificateRequest(CertificateSubject.Name(inputs), key.Signer.PublicKey, key.Digest);
        if (CertificateSubject.AlternativeNames(inputs) is { } names) request.CertificateExtensions.Add(names);
        var der = request.CreateSigningRequest(key.Signer);
        return (KeyOutputs.Id(der), inputs.Plus(("certRequestPem", PemText.Write("CERTIFICATE REQUEST", der)), ("keyAlgorithm", key.Algorithm)));
    }
}
