using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Rehearsal.Wire;

namespace Rehearsal.Providers.Tls;

/// <summary>The resources of the tls provider (hashicorp/tls 4.x).</summary>
internal static class TlsMakers
{
    private const int DefaultRsaBits = 2048;
    private const string DefaultCurve = "P224";
    private const string AlternativeNames = "2.5.29.17";

    /// <summary>A private key in PEM, PKCS#8 and OpenSSH form, with its public key and fingerprints.</summary>
    public static (string Id, PropertyMap Outputs) PrivateKey(PropertyMap inputs)
    {
        var (bits, curve) = (inputs.Whole("rsaBits", DefaultRsaBits), inputs.OpenText("ecdsaCurve") ?? DefaultCurve);
        using TlsKey key = inputs.RequiredText("algorithm") switch
        {
            "RSA" => new RsaTlsKey(RSA.Create(bits)),
            "ECDSA" => new EcTlsKey(ECDsa.Create(Curve(curve))),
            "ED25519" => new EdTlsKey(RandomNumberGenerator.GetBytes(EdTlsKey.SeedLength)),
            var other => throw new FormatException($"algorithm must be RSA, ECDSA or ED25519, is \"{other}\""),
        };
        var outputs = inputs.With("rsaBits", new NumberProperty(bits)).Plus(
            ("ecdsaCurve", curve), ("privateKeyPem", key.PrivatePem), ("privateKeyPemPkcs8", key.PrivatePkcs8Pem),
            ("privateKeyOpenssh", OpenSshKey.Private(key)));
        return (KeyOutputs.Id(key.SubjectPublicKeyInfo), KeyOutputs.AddPublic(outputs, key));
    }

    /// <summary>A signing request (PKCS#10).</summary>
    public static (string Id, PropertyMap Outputs) CertRequest(PropertyMap inputs)
    {
        using var key = TlsKey.Parse(inputs.RequiredText("privateKeyPem"), "privateKeyPem");
        var der = Request(inputs, key).CreateSigningRequest(key.Signer);
        return (KeyOutputs.Id(der), inputs.Plus(("certRequestPem", PemText.Write("CERTIFICATE REQUEST", der)), ("keyAlgorithm", key.Algorithm)));
    }

    /// <summary>A certificate signed by its own key.</summary>
    public static (string Id, PropertyMap Outputs) SelfSignedCert(PropertyMap inputs)
    {
        using var key = TlsKey.Parse(inputs.RequiredText("privateKeyPem"), "privateKeyPem");
        var request = Request(inputs, key);
        return Issuance.Issue(inputs, request, request.SubjectName, key, authority: null, DateTimeOffset.UtcNow);
    }

    /// <summary>A certificate for a signing request, signed by a certificate authority of the program's own.</summary>
    public static (string Id, PropertyMap Outputs) LocallySignedCert(PropertyMap inputs)
    {
        using var key = TlsKey.Parse(inputs.RequiredText("caPrivateKeyPem"), "caPrivateKeyPem");
        using var authority = Read("caCertPem", () => X509Certificate2.CreateFromPem(inputs.RequiredText("caCertPem")));
        // The signature of a request by an Ed25519 key is beyond the framework; the request comes from the same program.
        var asked = Read("certRequestPem", () => CertificateRequest.LoadSigningRequestPem(
            inputs.RequiredText("certRequestPem"), key.Digest,
            CertificateRequestLoadOptions.UnsafeLoadCertificateExtensions | CertificateRequestLoadOptions.SkipSignatureValidation));
        var request = new CertificateRequest(asked.SubjectName, asked.PublicKey, key.Digest);
        // Of what a request asks, the provider takes over the names; uses and constraints come from the resource's inputs.
        foreach (var names in asked.CertificateExtensions.Where(e => e.Oid?.Value == AlternativeNames))
        {
            request.CertificateExtensions.Add(names);
        }
        return Issuance.Issue(inputs, request, authority.SubjectName, key, authority, DateTimeOffset.UtcNow);
    }

    private static CertificateRequest Request(PropertyMap inputs, TlsKey key)
    {
        var request = new CertificateRequest(CertificateSubject.Name(inputs), key.Signer.PublicKey, key.Digest);
        if (CertificateSubject.AlternativeNames(inputs) is { } names)
        {
            request.CertificateExtensions.Add(names);
        }
        return request;
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

    private static ECCurve Curve(string name) => name switch
    {
        "P224" => ECCurve.CreateFromValue("1.3.132.0.33"),
        "P256" => ECCurve.NamedCurves.nistP256,
        "P384" => ECCurve.NamedCurves.nistP384,
        "P521" => ECCurve.NamedCurves.nistP521,
        _ => throw new FormatException($"ecdsaCurve must be P224, P256, P384 or P521, is \"{name}\""),
    };
}

/// <summary>The outputs that all tls resources derive from a key.</summary>
internal static class KeyOutputs
{
    public static PropertyMap AddPublic(PropertyMap properties, TlsKey key) => properties.Plus(
        ("publicKeyPem", key.PublicPem), ("publicKeyOpenssh", OpenSshKey.Public(key)),
        ("publicKeyFingerprintMd5", OpenSshKey.Md5(key)), ("publicKeyFingerprintSha256", OpenSshKey.Sha256(key)));

    /// <summary>The provider's id of a key or certificate: the SHA-1 of its bytes in hexadecimal digits.</summary>
    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms",
        Justification = "an identifier in the form the provider gives it, not a protection")]
    public static string Id(byte[] bytes) => Convert.ToHexStringLower(SHA1.HashData(bytes));
}
