using Infra.Manifests;
using Pulumi;

namespace Infra.Secrets;

/// <summary>The token with which connect-proxy registers itself as an OIDC client of the Platform.</summary>
public sealed class OidcRegistrationToken : ComponentResource
{
    /// <summary>The key that Seqera's charts use (helm-charts, studios 1.7.0).</summary>
    public const string Key = "OIDC_CLIENT_REGISTRATION_TOKEN";

    private const string Token = "platform:secrets:OidcRegistrationToken";

    // Fixed, because the Platform's own manifests refer to it.
    private static readonly KubernetesName PhysicalName = KubernetesName.Parse("platform-oidc-registration");

    // Seqera's instructions cut 32 characters from base64 without its symbols; fewer are refused at registration.
    private const int Length = 32;

    /// <summary>Physical name of the Secret; resolves when it exists.</summary>
    [Output("secretName")]
    public Output<string> SecretName { get; private set; }

    /// <summary>What the Platform backend and connect-proxy read.</summary>
    public SecretKeyRef Reference { get; }

    public OidcRegistrationToken(string name, OidcRegistrationTokenArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var secret = new TrackedSecret(
            $"{name}-token",
            new TrackedSecretArgs
            {
                Namespace = args.Namespace,
                Key = Key,
                SecretName = PhysicalName,
                Length = Length,
                Rotation = args.Rotation,
                Protected = args.Protected,
            },
            new ComponentResourceOptions { Parent = this });

        SecretName = secret.SecretName;
        Reference = secret.Reference;
        RegisterOutputs();
    }
}

/// <summary>Where the OIDC initial registration token goes and when it changes.</summary>
public sealed class OidcRegistrationTokenArgs : ResourceArgs
{
    public const int DefaultRotation = 1;

    /// <summary>Namespace of both the Platform backend and connect-proxy: they must read the same Secret.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>Changing the number makes a new token, which backend, cron and proxy must all be restarted for. Default 1.</summary>
    public int Rotation { get; init; } = DefaultRotation;

    /// <summary>Refuse to delete the Secret that holds the token; a rotation changes it in place. Default false.</summary>
    public bool Protected { get; init; }
}
