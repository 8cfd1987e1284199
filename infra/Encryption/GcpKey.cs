using System.Collections.Immutable;
using Infra.Accounts;
using Infra.Manifests;
using Pulumi;
using Pulumi.Gcp.Kms;

namespace Infra.Encryption;

/// <summary>A symmetric key of Cloud Key Management Service that renews itself every 90 days. What it encrypted is lost with it.</summary>
/// <remarks>Google never deletes a key ring: after a destroy an empty one stays, and a new stack makes another.</remarks>
public sealed class GcpKey : ComponentResource
{
    private const string Token = "platform:encryption:GcpKey";

    // 90 days, the longest that Checkov CKV_GCP_43 lets pass.
    private const string RotationPeriod = "7776000s";

    /// <summary>Full name of the key; resolves when its users may use it.</summary>
    [Output("keyId")]
    public Output<string> KeyId { get; private set; }

    public GcpKey(string name, GcpKeyArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var ring = new KeyRing(
            $"{name}-ring",
            new KeyRingArgs { Location = args.Project.Region.Name },
            new CustomResourceOptions { Parent = this });
        var key = new CryptoKey(
            name,
            new CryptoKeyArgs { KeyRing = ring.Id, Purpose = "ENCRYPT_DECRYPT", RotationPeriod = RotationPeriod },
            new CustomResourceOptions { Parent = this, Protect = args.Protected });
        var users = args.ServiceAgents.Select(agent => new CryptoKeyIAMMember(
            $"{name}-for-{agent}",
            new CryptoKeyIAMMemberArgs { CryptoKeyId = key.Id, Role = "roles/cloudkms.cryptoKeyEncrypterDecrypter", Member = args.Project.ServiceAgent(agent) },
            new CustomResourceOptions { Parent = this }).Id);
        KeyId = key.Id.After(Output.All(users));
        RegisterOutputs();
    }
}

/// <summary>Who may use a key of Google Cloud.</summary>
public sealed class GcpKeyArgs : ResourceArgs
{
    public required GcpProject Project { get; init; }

    /// <summary>Google's service agents that encrypt with it, by their part of the address: <c>container-engine-robot</c>, <c>compute-system</c>.</summary>
    public required ImmutableArray<string> ServiceAgents { get; init; }

    /// <summary>Refuse deletion through Pulumi. Default false.</summary>
    public bool Protected { get; init; }
}
