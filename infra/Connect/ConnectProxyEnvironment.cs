using System.Collections.Immutable;
using Infra.Dns;
using Infra.Versions;

namespace Infra.Connect;

/// <summary>What decides the environment of connect-proxy.</summary>
/// <param name="ConnectUrl">Address that browsers reach the proxy at.</param>
/// <param name="PlatformUrl">Address of the Platform, spelled as its <c>TOWER_SERVER_URL</c>.</param>
/// <param name="TunnelHost">Name of connect-server's headless Service.</param>
/// <param name="LocalCacheLifetime">How long a proxy remembers where a session is, and so bridges an absence of Redis. Whole seconds.</param>
/// <param name="HomeInData">Let the proxy keep its configuration below <see cref="ConnectFiles.Data"/>, as it must under a read-only root or a user that the cluster chose.</param>
/// <param name="Redis">The same object as for the server.</param>
/// <param name="LogLevel">How much it says.</param>
/// <param name="Extra">Further variables; they may not be ones that the platform sets.</param>
public sealed record ConnectProxyEnvironment(
    WebOrigin ConnectUrl,
    WebOrigin PlatformUrl,
    string TunnelHost,
    TimeSpan LocalCacheLifetime,
    bool HomeInData,
    ConnectRedis Redis,
    ConnectLogLevel LogLevel,
    ImmutableDictionary<string, string> Extra)
{
    /// <summary>How this version is run. Default as <see cref="ConnectImages"/>.</summary>
    public ConnectProfile Profile { get; init; } = ConnectImages.Profile;

    /// <summary>SSH into sessions (connect 0.10.0 and newer). Default none.</summary>
    public ConnectSsh? Ssh { get; init; }

    /// <summary>Whether a quota policy is mounted at <see cref="ConnectFiles.QuotaPolicy"/> (connect 0.12.0 and newer). Default false.</summary>
    public bool Quotas { get; init; }

    /// <summary>CIDRs whose <c>X-Forwarded-For</c> is believed (connect 0.12.0 and newer). Default none but the pod itself, as Connect's own.</summary>
    public ImmutableArray<string> TrustedProxies { get; init; } = [];
}
