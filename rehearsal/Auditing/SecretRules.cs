using System.Collections.Frozen;
using Rehearsal.Comparing;
using Rehearsal.Planning;

namespace Rehearsal.Auditing;

/// <summary>Secrets, keys and certificates that become others.</summary>
internal static class SecretRules
{
    /// <summary>Kinds that are a secret; to be replaced is to have another value.</summary>
    private static readonly FrozenSet<string> Secrets = FrozenSet.Create(StringComparer.Ordinal, "RandomPassword", "RandomBytes", "AccessKey",
        "SecretVersion", "ServicePassword", "AuthToken", "SecretRotation");

    private static readonly FrozenSet<string> Keys = FrozenSet.Create(StringComparer.Ordinal, "PrivateKey", "SelfSignedCert", "LocallySignedCert",
        "CertRequest", "Certificate", "KeyPair", "SigningKey", "ServerCertificate", "SSLCertificate", "ManagedSslCertificate", "CryptoKeyVersion",
        "PublicKey");

    public static IEnumerable<string> Key(ResourceChange change)
        => change.Kind == ChangeKind.Replace && Keys.Contains(Types.Kind(change.Type)) ? [$"because of {string.Join(", ", change.Reasons)}"] : [];

    // A value that nobody has shown yet is no rotation; one that goes is, for who still uses it
    public static IEnumerable<string> Secret(ResourceChange change)
    {
        if (change is { Kind: ChangeKind.Replace } && Secrets.Contains(Types.Kind(change.Type)))
        {
            return [$"because of {string.Join(", ", change.Reasons)}"];
        }
        return WeakenedRules.Changed(change).Where(property => property is { IsSecret: true, Kind: not DifferenceKind.Add }).Select(property
            => property.Kind == DifferenceKind.Delete ? $"{property.Path} is taken away" : property.Path);
    }

    public static IEnumerable<string> SecrecyRemoved(ResourceChange change) => change is not { Old: { } old, New: { } @new } ? []
        : old.AdditionalSecretOutputs.Except(@new.AdditionalSecretOutputs, StringComparer.Ordinal).Order(StringComparer.Ordinal);
}
