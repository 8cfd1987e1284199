using Infra.Dns;
using Infra.Studios;

namespace Infra.InstalledPlatform;

/// <summary>What the Platform tells users and sessions about SSH.</summary>
/// <param name="Workspaces">Workspaces whose sessions take SSH.</param>
/// <param name="Port">Port that users dial: the balancer's, not the pod's.</param>
/// <param name="OwnHost">Host where it is not the connect host; null for the same.</param>
/// <param name="UserKeys">Users keep their public keys in the Platform.</param>
/// <param name="KeyTypes">Types of user keys that are accepted; empty for the Platform's default.</param>
public sealed record PlatformSsh(WorkspaceAccess Workspaces, int Port, DomainName? OwnHost, bool UserKeys, IReadOnlyList<string> KeyTypes)
{
    /// <summary>Types the Platform can store (Enterprise documentation 25.3.3).</summary>
    public static IReadOnlyList<string> SupportedKeyTypes { get; } =
        ["ssh-rsa", "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521"];
}
