using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Rehearsal.Providers.Tls;

/// <summary>A key pair in all the spellings that <c>tls.PrivateKey</c> has.</summary>
internal abstract class TlsKey : IDisposable
{
    /// <summary>The provider's name of the algorithm: RSA, ECDSA or ED25519.</summary>
    public abstract string Algorithm { get; }

    /// <summary>The provider's main form: PKCS#1 for RSA, SEC 1 for ECDSA, PKCS#8 for ED25519.</summary>
    public abstract string PrivatePem { get; }

    public abstract byte[] Pkcs8 { get; }

    public abstract byte[] SubjectPublicKeyInfo { get; }

    /// <summary>The public key as OpenSSH writes it between type and comment; null for a curve that OpenSSH lacks (P224).</summary>
    public abstract byte[]? SshPublic { get; }

    /// <summary>The private fields of OpenSSH's own format, from the key's type on.</summary>
    public abstract void WriteSshPrivate(SshWriter writer);

    /// <summary>Signs certificates.</summary>
    public abstract X509SignatureGenerator Signer { get; }

    /// <summary>The digest that signatures of this key use.</summary>
    public virtual HashAlgorithmName Digest => HashAlgorithmName.SHA256;

    public string PrivatePkcs8Pem => PemText.Write("PRIVATE KEY", Pkcs8);

    public string PublicPem => PemText.Write("PUBLIC KEY", SubjectPublicKeyInfo);

    /// <summary>Reads any of the private forms.</summary>
    /// <param name="pem">The text.</param>
    /// <param name="input">The input that holds it, for messages.</param>
    /// <exception cref="FormatException">It is no private key; the message does not repeat it.</exception>
    public static TlsKey Parse(string pem, string input)
    {
        try
        {
            var fields = PemEncoding.Find(pem);
            var der = Convert.FromBase64String(pem[fields.Base64Data]);
            return pem[fields.Label] switch
            {
                "RSA PRIVATE KEY" => RsaTlsKey.FromPem(pem),
                "EC PRIVATE KEY" => EcTlsKey.FromPem(pem),
                "PRIVATE KEY" when EdTlsKey.IsEd25519(der) => EdTlsKey.FromPkcs8(der),
                "PRIVATE KEY" when IsRsa(der) => RsaTlsKey.FromPem(pem),
                "PRIVATE KEY" => EcTlsKey.FromPem(pem),
                var label => throw new FormatException($"{input} must be a private key in PEM, its label is '{label}'"),
            };
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            throw new FormatException($"{input} must be a private key in PEM: RSA, EC or PKCS#8", e);
        }
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);

    private static bool IsRsa(byte[] pkcs8)
    {
        var reader = new System.Formats.Asn1.AsnReader(pkcs8, System.Formats.Asn1.AsnEncodingRules.DER).ReadSequence();
        reader.ReadInteger();
        return reader.ReadSequence().ReadObjectIdentifier() == "1.2.840.113549.1.1.1";
    }
}

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

    // Uncompressed: 4, x, y
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

/// <summary>PEM as Go writes it: 64 characters a line and a newline at the end.</summary>
internal static class PemText
{
    public static string Write(string label, byte[] der) => PemEncoding.WriteString(label, der) + "\n";
}
