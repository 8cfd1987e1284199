using Infra.Manifests;
using Pulumi;

namespace Infra.Secrets;

/// <summary>Where the OIDC initial registration token goes and when it changes.</summary>
public sealed class OidcRegistrationTokenArgs : ResourceArgs
{
    public const int DefaultRotation = 1;

    /// <summary>Namespace of both the Platform backend and connect-proxy: they must read the same Secret.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>Physical name of the Secret. Default <c>platform-oidc-registration</c>: fixed, because the Platform's own manifests refer to it.</summary>
    public KubernetesName SecretName { get; init; } = KubernetesName.Parse("platform-oidc-registration");

    /// <summary>Changing the number makes a new token, which backend, cron and proxy must all be restarted for. Default 1.</summary>
    public int Rotation { get; init; } = DefaultRotation;

    /// <summary>Refuse to delete or replace the token. Default false.</summary>
    public bool Protected { get; init; }
}
