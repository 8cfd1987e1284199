using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace Rehearsal.Providers.Tls;

/// <summary>An Ed25519 key; the framework has none, so Bouncy Castle computes it.</summary>
internal sealed class EdTlsKey(byte[] seed) : TlsKey
{
    /// <summary>RFC 8410.</summary>
    public const string ObjectId = "1.3.101.112";

    public const int SeedLength = 32;

    private const string SshType = "ssh-ed25519";

    private readonly byte[] _public = new Ed25519PrivateKeyParameters(seed, 0).GeneratePublicKey().GetEncoded();

    public override string Algorithm => "ED25519";

    public override string PrivatePem => PrivatePkcs8Pem;

    public override byte[] Pkcs8
    {
        get
        {
            var inner = new AsnWriter(AsnEncodingRules.DER);
            inner.WriteOctetString(seed);
            var key = new AsnWriter(AsnEncodingRules.DER);
            using (key.PushSequence())
            {
                key.WriteInteger(0);
                using (key.PushSequence())
                {
                    key.WriteObjectIdentifier(ObjectId);
                }
                key.WriteOctetString(inner.Encode());
            }
            return key.Encode();
        }
    }

    public override byte[] SubjectPublicKeyInfo
    {
        get
        {
            var key = new AsnWriter(AsnEncodingRules.DER);
            using (key.PushSequence())
            {
                using (key.PushSequence())
                {
                    key.WriteObjectIdentifier(ObjectId);
                }
                key.WriteBitString(_public);
            }
            return key.Encode();
        }
    }

    public override byte[] SshPublic => new SshWriter().Text(SshType).Text(_public).ToArray();

    public override X509SignatureGenerator Signer => new EdSignatureGenerator(seed, SubjectPublicKeyInfo);

    public static bool IsEd25519(byte[] pkcs8)
    {
        var key = new AsnReader(pkcs8, AsnEncodingRules.DER).ReadSequence();
        key.ReadInteger();
        return key.ReadSequence().ReadObjectIdentifier() == ObjectId;
    }

    public static EdTlsKey FromPkcs8(byte[] pkcs8)
    {
        var key = new AsnReader(pkcs8, AsnEncodingRules.DER).ReadSequence();
        key.ReadInteger();
        key.ReadSequence();
        return new EdTlsKey(new AsnReader(key.ReadOctetString(), AsnEncodingRules.DER).ReadOctetString());
    }

    public override void WriteSshPrivate(SshWriter writer) => writer.Text(SshType).Text(_public).Text([.. seed, .. _public]);

    protected override void Dispose(bool disposing)
    {
    }
}

/// <summary>Signs certificates with Ed25519, which hashes by itself.</summary>
internal sealed class EdSignatureGenerator(byte[] seed, byte[] subjectPublicKeyInfo) : X509SignatureGenerator
{
    public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm)
    {
        var identifier = new AsnWriter(AsnEncodingRules.DER);
        using (identifier.PushSequence())
        {
            identifier.WriteObjectIdentifier(EdTlsKey.ObjectId);
        }
        return identifier.Encode();
    }

    public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm)
    {
        var signer = new Ed25519Signer();
        signer.Init(forSigning: true, new Ed25519PrivateKeyParameters(seed, 0));
        signer.BlockUpdate(data, 0, data.Length);
        return signer.GenerateSignature();
    }

    protected override PublicKey BuildPublicKey() => PublicKey.CreateFromSubjectPublicKeyInfo(subjectPublicKeyInfo, out _);
}
