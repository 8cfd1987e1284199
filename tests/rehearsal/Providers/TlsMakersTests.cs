using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Rehearsal.Wire;
using static Tests.Rehearsal.Providers.Making;

namespace Tests.Rehearsal.Providers;

// The tls package's resources are real keys and certificates in the real provider's forms: other programs read them.
public class TlsMakersTests
{
    private const string PrivateKey = "tls:index/privateKey:PrivateKey";

    private static readonly byte[] Message = [1, 2, 3];

    [Fact]
    public void RsaKeys_AreReadByTheFramework_InEveryForm()
    {
        var outputs = Make(PrivateKey, ("algorithm", S("RSA")), ("rsaBits", N(2048))).Outputs;
        using RSA pkcs1 = RSA.Create(), pkcs8 = RSA.Create(), open = RSA.Create();
        pkcs1.ImportFromPem(Text(outputs, "privateKeyPem"));
        pkcs8.ImportFromPem(Text(outputs, "privateKeyPemPkcs8"));
        open.ImportFromPem(Text(outputs, "publicKeyPem"));

        Text(outputs, "privateKeyPem").ShouldStartWith("-----BEGIN RSA PRIVATE KEY-----\n");
        Text(outputs, "privateKeyPem").ShouldEndWith("-----END RSA PRIVATE KEY-----\n");
        pkcs8.ExportRSAPrivateKey().ShouldBe(pkcs1.ExportRSAPrivateKey());
        open.VerifyData(
            Message, pkcs1.SignData(Message, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                .ShouldBeTrue();
        var fields = Fields(Text(outputs, "publicKeyOpenssh"));
        Encoding.ASCII.GetString(fields[0]).ShouldBe("ssh-rsa");
        fields[2].AsSpan().TrimStart((byte)0).ToArray().ShouldBe(open.ExportParameters(includePrivateParameters: false).Modulus);
    }

    [Theory]
    [InlineData("P224", 224, null)]
    [InlineData("P256", 256, "ecdsa-sha2-nistp256")]
    [InlineData("P384", 384, "ecdsa-sha2-nistp384")]
    [InlineData("P521", 521, "ecdsa-sha2-nistp521")]
    public void EcKeys_AreReadByTheFramework_AndBySshWhereItHasTheCurve(string curve, int bits, string? ssh)
    {
        var outputs = Make(PrivateKey, ("algorithm", S("ECDSA")), ("ecdsaCurve", S(curve))).Outputs;
        using ECDsa secret = ECDsa.Create(), open = ECDsa.Create();
        secret.ImportFromPem(Text(outputs, "privateKeyPem"));
        open.ImportFromPem(Text(outputs, "publicKeyPem"));

        Text(outputs, "privateKeyPem").ShouldStartWith("-----BEGIN EC PRIVATE KEY-----\n");
        secret.KeySize.ShouldBe(bits);
        open.VerifyData(Message, secret.SignData(Message, HashAlgorithmName.SHA256), HashAlgorithmName.SHA256).ShouldBeTrue();
        if (ssh is null)
        {
            (Text(outputs, "publicKeyOpenssh"), Text(outputs, "privateKeyOpenssh"), Text(outputs, "publicKeyFingerprintSha256")).ShouldBe(("", "", ""));
        }
        else
        {
            Encoding.ASCII.GetString(Fields(Text(outputs, "publicKeyOpenssh"))[0]).ShouldBe(ssh);
        }
    }

    [Theory]
    [InlineData("RSA")]
    [InlineData("ECDSA")]
    [InlineData("ED25519")]
    public void OpenSshPrivateKeys_HoldTheirPublicKey_AndArePadded(string algorithm)
    {
        var outputs = Make(PrivateKey, ("algorithm", S(algorithm)), ("ecdsaCurve", S("P256"))).Outputs;
        var pem = Text(outputs, "privateKeyOpenssh");
        var file = Convert.FromBase64String(string.Concat(pem.Split('\n').Where(l => !l.StartsWith('-'))));
        var magic = Encoding.ASCII.GetBytes("openssh-key-v1\0");

        pem.ShouldStartWith("-----BEGIN OPENSSH PRIVATE KEY-----\n");
        file.AsSpan(0, magic.Length).ToArray().ShouldBe(magic);
        var header = Split(file.AsSpan(magic.Length), 3, out var rest);
        header.Select(Encoding.ASCII.GetString).ShouldBe(["none", "none", ""]);
        BinaryPrimitives.ReadUInt32BigEndian(rest).ShouldBe(1u);
        var keys = Split(rest.AsSpan(4), 2, out rest);
        rest.ShouldBeEmpty();
        keys[0].ShouldBe(Convert.FromBase64String(Text(outputs, "publicKeyOpenssh").Split(' ')[1]));
        (keys[1].Length % 8).ShouldBe(0);
        keys[1][..4].ShouldBe(keys[1][4..8]);
    }

    [Fact]
    public void Ed25519Keys_HaveTheFormsOfRfc8410()
    {
        var outputs = Make(PrivateKey, ("algorithm", S("ED25519"))).Outputs;
        var (secret, open) = (Der(Text(outputs, "privateKeyPem")), Der(Text(outputs, "publicKeyPem")));

        Convert.ToHexStringLower(secret).ShouldStartWith("302e020100300506032b657004220420");
        Convert.ToHexStringLower(open).ShouldStartWith("302a300506032b6570032100");
        new Org.BouncyCastle.Crypto.Parameters.Ed25519PrivateKeyParameters(secret[^32..], 0).GeneratePublicKey().GetEncoded().ShouldBe(open[^32..]);
        Fields(Text(outputs, "publicKeyOpenssh"))[1].ShouldBe(open[^32..]);
    }

    [Fact]
    public void Fingerprints_AreThoseOfThePublicKey()
    {
        var outputs = Make(PrivateKey, ("algorithm", S("ED25519"))).Outputs;
        var blob = Convert.FromBase64String(Text(outputs, "publicKeyOpenssh").Split(' ')[1]);

        Text(outputs, "publicKeyFingerprintSha256").ShouldBe("SHA256:" + Convert.ToBase64String(SHA256.HashData(blob)).TrimEnd('='));
        Text(outputs, "publicKeyFingerprintMd5").ShouldMatch("^([0-9a-f]{2}:){15}[0-9a-f]{2}$");
    }

    [Theory]
    [InlineData("RSA")]
    [InlineData("ECDSA")]
    [InlineData("ED25519")]
    public void ACertificateOfAnOwnAuthority_IsSignedByIt_AndNamesWhatWasAsked(string algorithm)
    {
        var caKey = Text(Make(PrivateKey, ("algorithm", S(algorithm)), ("ecdsaCurve", S("P384"))).Outputs, "privateKeyPem");
        var hostKey = Text(Make(PrivateKey, ("algorithm", S("ECDSA")), ("ecdsaCurve", S("P256"))).Outputs, "privateKeyPem");
        var ca = Make(
            "tls:index/selfSignedCert:SelfSignedCert", ("privateKeyPem", S(caKey)), Subject("platform root"), ("isCaCertificate", BooleanProperty.True),
            ("validityPeriodHours", N(100)), ("allowedUses", Texts("cert_signing", "crl_signing"))).Outputs;
        var request = Make(
            "tls:index/certRequest:CertRequest", ("privateKeyPem", S(hostKey)), Subject("connect"), ("dnsNames", Texts("connect.example.com")),
            ("ipAddresses", Texts("10.0.0.1"))).Outputs;
        var signed = Make(
            "tls:index/locallySignedCert:LocallySignedCert", ("certRequestPem", S(Text(request, "certRequestPem"))), ("caPrivateKeyPem", S(caKey)),
            ("caCertPem", S(Text(ca, "certPem"))),
            ("validityPeriodHours", N(10)), ("allowedUses", Texts("digital_signature", "server_auth")));
        using var root = X509Certificate2.CreateFromPem(Text(ca, "certPem"));
        using var leaf = X509Certificate2.CreateFromPem(Text(signed.Outputs, "certPem"));

        (leaf.Issuer, leaf.Subject).ShouldBe(("O=Studio, CN=platform root", "O=Studio, CN=connect"));
        leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single().EnumerateDnsNames().ShouldBe(["connect.example.com"]);
        leaf.Extensions.OfType<X509KeyUsageExtension>().Single().KeyUsages.ShouldBe(X509KeyUsageFlags.DigitalSignature);
        leaf.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages[0].Value.ShouldBe("1.3.6.1.5.5.7.3.1");
        root.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority.ShouldBeTrue();
        (leaf.NotAfter - leaf.NotBefore).ShouldBe(TimeSpan.FromHours(10));
        (Text(request, "keyAlgorithm"), Text(ca, "keyAlgorithm")).ShouldBe(("ECDSA", algorithm));
        Trusts(root, leaf).ShouldBeTrue();
    }

    [Fact]
    public void Rejects_AKeyThatIsNone_WithoutRepeatingIt()
    {
        var thrown = Should.Throw<FormatException>(() => Make("tls:index/certRequest:CertRequest", ("privateKeyPem", S("m4rker"))));
        thrown.Message.ShouldBe("privateKeyPem must be a private key in PEM: RSA, EC or PKCS#8");
        thrown.ToString().ShouldNotContain("m4rker");
    }

    [Fact]
    public void Rejects_AUseThatDoesNotExist()
        => Should.Throw<FormatException>(() => Make("tls:index/selfSignedCert:SelfSignedCert",
            ("privateKeyPem", S(Text(Make(PrivateKey, ("algorithm", S("ED25519"))).Outputs, "privateKeyPem"))), ("allowedUses", Texts("serving"))))
            .Message.ShouldStartWith("allowedUses: \"serving\" is not one of any_extended, ");

    private static (string, PropertyValue) Subject(string name)
        => ("subject", new ObjectProperty(PropertyMap.Create(("commonName", S(name)), ("organization", S("Studio")))));

    private static bool Trusts(X509Certificate2 root, X509Certificate2 leaf)
    {
        using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck } };
        chain.ChainPolicy.CustomTrustStore.Add(root);
        return chain.Build(leaf);
    }

    private static byte[] Der(string pem) => Convert.FromBase64String(pem[PemEncoding.Find(pem).Base64Data]);

    private static List<byte[]> Fields(string authorizedKey) => Split(Convert.FromBase64String(authorizedKey.Split(' ')[1]), int.MaxValue, out _);

    private static List<byte[]> Split(ReadOnlySpan<byte> bytes, int most, out byte[] rest)
    {
        var fields = new List<byte[]>();
        while (bytes.Length > 0 && fields.Count < most)
        {
            var length = (int)BinaryPrimitives.ReadUInt32BigEndian(bytes);
            fields.Add(bytes.Slice(4, length).ToArray());
            bytes = bytes[(4 + length)..];
        }
        rest = bytes.ToArray();
        return fields;
    }
}
