using System.Security.Cryptography;
using Rehearsal.Wire;

namespace Rehearsal.Providers.TlsValues;

/// <summary>A private key in PEM, PKCS#8 and OpenSSH form, with its public key and fingerprints.</summary>
internal sealed class PrivateKeyMaker : IResourceMaker
{
    // the provider's defaults (hashicorp/tls 4.x)
    private const int DefaultRsaBits = 2048;
    private const string DefaultCurve = "P224";

    public string Type => "tls:index/privateKey:PrivateKey";

    public (string Id, PropertyMap Outputs) Create(PropertyMap inputs)
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
            ("ecdsaCurve", curve), ("privateKeyPem", key.PrivatePem), ("privateKeyPemPkcs8", key.PrivatePkcs8Pem), ("privateKeyOpenssh", OpenSshKey.Private(key)));
        return (KeyOutputs.Id(key.SubjectPublicKeyInfo), KeyOutputs.AddPublic(outputs, key));
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
