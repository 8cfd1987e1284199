using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Rehearsal.Wire;

namespace Rehearsal.Providers.TlsValues;

/// <summary>The outputs that all tls resources derive from a key.</summary>
internal static class KeyOutputs
{
    public static PropertyMap AddPublic(PropertyMap properties, TlsKey key) => properties.Plus(
        ("publicKeyPem", key.PublicPem), ("publicKeyOpenssh", OpenSshKey.Public(key)),
        ("publicKeyFingerprintMd5", OpenSshKey.Md5(key)), ("publicKeyFingerprintSha256", OpenSshKey.Sha256(key)));

    /// <summary>The provider's id of a key or certificate: the SHA-1 of its bytes in hexadecimal digits.</summary>
    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "an identifier in the form the provider gives it, not a protection")]
    public static string Id(byte[] bytes) => Convert.ToHexStringLower(SHA1.HashData(bytes));
}
