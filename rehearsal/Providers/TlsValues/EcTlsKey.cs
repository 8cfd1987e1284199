using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Rehearsal.Providers.TlsValues;

/// <summary>A key on one of the NIST curves.</summary>
internal sealed class EcTlsKey(ECDsa ec) : TlsKey
{
    public override string Algorithm => "ECDSA";

    public override string PrivatePem => PemText.Write("EC PRIVATE KEY", ec.ExportECPrivateKey());

    public override byte[] Pkcs8 => ec.ExportPkcs8PrivateKey();

    public override byte[] SubjectPublicKeyInfo => ec.ExportSubjectPublicKeyInfo();

    public override byte[]? SshPublic => SshCurve is { } curve ? new SshWriter().Text($"ecdsa-sha2-{curve}").Text(curve).Text(Point).ToArray() : null;

    public override X509SignatureGenerator Signer => X509SignatureGenerator.CreateForECDsa(ec);

    public override HashAlgorithmName Digest => ec.KeySize switch
    {
        384 => HashAlgorithmName.SHA384,
        521 => HashAlgorithmName.SHA512,
        _ => HashAlgorithmName.SHA256,
    };

    private string? SshCurve => ec.KeySize switch
    {
        256 => "nistp256",
        384 => "nistp384",
        521 => "nistp521",
        _ => null,
    };

    // uncompressed: 4, x, y
    private byte[] Point
    {
        get
        {
            var q = ec.ExportParameters(includePrivateParameters: false).Q;
            return [4, .. q.X!, .. q.Y!];
        }
    }

    public static EcTlsKey FromPem(string pem)
    {
        var ec = ECDsa.Create();
        ec.ImportFromPem(pem);
        return new EcTlsKey(ec);
    }

    public override void WriteSshPrivate(SshWriter writer)
        => writer.Text($"ecdsa-sha2-{SshCurve}").Text(SshCurve!).Text(Point).BigNumber(ec.ExportParameters(includePrivateParameters: true).D);

    protected override void Dispose(bool disposing) => ec.Dispose();
}
