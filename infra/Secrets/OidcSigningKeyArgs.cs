using Infra.Manifests;
using Pulumi;

namespace Infra.Secrets;

/// <summary>How strong the Platform's OIDC signing key is and where it goes.</summary>
public sealed class OidcSigningKeyArgs : ResourceArgs
{
    public const int DefaultRsaBits = 4096;
    public const int DefaultRotation = 1;

    /// <summary>Fewest bits of the RSA modulus that the Platform accepts (Seqera Enterprise 26.1, install-studios).</summary>
    public const int MinimumRsaBits = 2048;

    /// <summary>The Platform's own namespace: a Secret volume cannot cross namespaces.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>Physical name of the Secret. Default <c>platform-oidc-certs</c>, the name in Seqera's manifests.</summary>
    public KubernetesName SecretName { get; init; } = KubernetesName.Parse("platform-oidc-certs");

    /// <summary>Bits of the RSA modulus. Default 4096; at least <see cref="MinimumRsaBits"/>.</summary>
    public int RsaBits { get; init; } = DefaultRsaBits;

    /// <summary>Changing the number makes a new key: every token issued before becomes invalid. Default 1.</summary>
    public int Rotation { get; init; } = DefaultRotation;

    /// <summary>Refuse to delete or replace the key. Default false.</summary>
    public bool Protected { get; init; }
}
