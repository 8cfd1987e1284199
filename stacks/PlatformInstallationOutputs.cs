using System.Collections.Immutable;
using Pulumi;

namespace Stacks;

/// <summary>What the installation of Seqera Platform needs of this stack, before Studios is deployed beside it (docs/first-deployment.md).</summary>
/// <param name="Namespace">Namespace to install it into; Studios comes into the same one.</param>
/// <param name="ServerUrl">Value of TOWER_SERVER_URL.</param>
/// <param name="RegistrationTokenSecret">Secret with the token that the backend and connect-proxy read.</param>
/// <param name="SigningKeySecret">Secret with <c>oidc.pem</c>, which backend and cron mount.</param>
/// <param name="Variables">Variables of Studios that the second update sets; an installation may have them from the start.</param>
[Exported]
public sealed record PlatformInstallationOutputs(
    Output<string> Namespace,
    string ServerUrl,
    Output<string> RegistrationTokenSecret,
    Output<string> SigningKeySecret,
    ImmutableDictionary<string, string> Variables)
{
    /// <summary>Host name or address that the hosts of the platform lead to; null where it comes with the first route.</summary>
    public Output<string>? LoadBalancer { get; init; }

    /// <summary>Certificate of the hosts: an ARN, or the name of a certificate map; null where the stack makes none.</summary>
    public Output<string>? Certificate { get; init; }

    /// <summary>Secret with the SSH host key; null without SSH.</summary>
    public Output<string>? SshHostKeySecret { get; init; }

    /// <summary>Value of TOWER_DATA_STUDIO_CONNECT_SSH_KEY_FINGERPRINT; null without SSH.</summary>
    public Output<string>? SshFingerprint { get; init; }

    /// <summary>The Redis server of Studios, which the Platform may share.</summary>
    public required RedisOutputs Redis { get; init; }
}

/// <summary>How to reach the Redis server of Studios.</summary>
/// <param name="Host">Host name or address.</param>
/// <param name="Port">TCP port.</param>
/// <param name="Tls">Whether it speaks TLS.</param>
[Exported]
public sealed record RedisOutputs(Output<string> Host, Output<int> Port, bool Tls)
{
    /// <summary>ACL user; null for the server's default user.</summary>
    public string? User { get; init; }

    /// <summary>Secret in the namespace of Studios with the password; null without one.</summary>
    public Output<string>? PasswordSecret { get; init; }
}
