using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Rehearsal.Providers.TlsValues;

/// <summary>An RSA key.</summary>
internal sealed class RsaTlsKey(RSA rsa) : TlsKey
{
    private const string SshType = "ssh-rsa";

    public override string Algorithm => "RSA";

    public override string PrivatePem => PemText.Write("RSA PRIVATE KEY", rsa.ExportRSAPrivateKey());

    public override byte[] Pkcs8 => rsa.ExportPkcs8PrivateKey();

    public override byte[] SubjectPublicKeyInfo => rsa.ExportSubjectPublicKeyInfo();

    public override byte[] SshPublic
    {
        get
        {
            var key = rsa.ExportParameters(includePrivateParameters: false);
            return new SshWriter().Text(SshType).BigNumber(key.Exponent).BigNumber(key.Modulus).ToArray();
        }
    }

    public override X509SignatureGenerator Signer => X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1);

    public static RsaTlsKey FromPem(string pem)
    {
        var rsa = RSA.Create();
        rsa.ImportFromPem(pem);
        return new RsaTlsKey(rsa);
    }

    public override void WriteSshPrivate(SshWriter writer)
    {
        var key = rsa.ExportParameters(includePrivateParameters: true);
        writer.Text(SshType).BigNumber(key.Modulus).BigNumber(key.Exponent).BigNumber(key.D).BigNumber(key.InverseQ).BigNumber(key.P).BigNumber(key.Q);
    }

    protected override void Dispose(bool disposing) => rsa.Dispose();
}
