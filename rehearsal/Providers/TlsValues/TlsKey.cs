using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Rehearsal.Providers.TlsValues;

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
