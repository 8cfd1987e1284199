using System.Collections.Immutable;
using Infra.Dns;

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
    ImmutableDictionary<string, string> Extra);
