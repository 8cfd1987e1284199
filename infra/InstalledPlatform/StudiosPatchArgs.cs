using Infra.Secrets;
using Pulumi;

namespace Infra.InstalledPlatform;

/// <summary>Which Platform is told what.</summary>
public sealed class StudiosPatchArgs : ResourceArgs
{
    /// <summary>Namespace of the Platform.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>Names of its objects.</summary>
    public required InstallLayout Layout { get; init; }

    /// <summary>What it must know.</summary>
    public required PlatformStudios Studios { get; init; }

    /// <summary>The token that connect-proxy registers itself with.</summary>
    public required SecretKeyRef RegistrationToken { get; init; }

    /// <summary>The key that signs OIDC tokens.</summary>
    public required SecretKeyRef SigningKey { get; init; }

    /// <summary>Fingerprint of connect-proxy's SSH key. Default none, as without SSH.</summary>
    public Output<string>? SshFingerprint { get; init; }

    /// <summary>Take fields over that another field manager holds with another value, instead of failing. Default false.</summary>
    public bool TakeOver { get; init; }
}
