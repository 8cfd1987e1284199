using System.Collections.Immutable;
using Infra.Cache;
using Infra.Dns;
using Infra.Manifests;
using Infra.Secrets;
using Infra.Versions;
using Pulumi;

namespace Infra.Connect;

/// <summary>The environment variables of Connect, as its reference lists them (Seqera Enterprise 26.1, install-studios).</summary>
public static class ConnectEnvironment
{
    // Go programs read every file of these folders in addition to the image's bundle. Connect has no variable of its own for an authority.
    private const string AuthorityFolders = $"/etc/ssl/certs:{ConnectFiles.RedisTls}/{ConnectFiles.AuthorityFolder}";

    public static ImmutableSortedDictionary<string, EnvironmentValue> Server(ConnectServerEnvironment server)
    {
        var variables = Shared(server.Redis, server.LogLevel);
        variables["CONNECT_HOST_DOMAIN"] = server.HostDomain;
        variables["CONNECT_LISTENER_PORT"] = $"{ConnectPorts.Listener}";
        variables["CONNECT_TUNNEL_PORT"] = $"{ConnectPorts.Tunnel}";
        return WithExtra(variables, server.Extra);
    }

    public static ImmutableSortedDictionary<string, EnvironmentValue> Proxy(ConnectProxyEnvironment proxy)
    {
        var variables = Shared(proxy.Redis, proxy.LogLevel);
        variables["CONNECT_HTTP_PORT"] = $"{proxy.Profile.HttpPort}";
        variables["CONNECT_OIDC_CLIENT_REGISTRATION_TOKEN"] = ConnectSource.RegistrationToken;
        variables["CONNECT_PROXY_URL"] = proxy.ConnectUrl.Text;
        variables["CONNECT_TUNNEL_URL"] = $"{proxy.TunnelHost}:{ConnectPorts.Tunnel}";
        // No CONNECT_ in front: that is how the proxy spells it. The value is a Go duration.
        variables["LOCAL_CACHE_TTL"] = $"{(long)proxy.LocalCacheLifetime.TotalSeconds}s";
        variables["PLATFORM_URL"] = proxy.PlatformUrl.Text;
        if (proxy.Profile.WritableStorage)
        {
            variables["CONNECT_STORAGE_ROOT"] = ConnectFiles.Data;
        }

        if (proxy.HomeInData)
        {
            variables["XDG_CONFIG_HOME"] = $"{ConnectFiles.Data}/config";
            variables["XDG_DATA_HOME"] = $"{ConnectFiles.Data}/lib";
        }

        AddOptions(proxy, variables);
        return WithExtra(variables, proxy.Extra);
    }

    /// <summary>Variables among <paramref name="extra"/> that the platform sets itself, in order.</summary>
    public static ImmutableArray<string> Reserved(IEnumerable<string> extra) =>
        [.. extra.Where(ReservedNames.Contains).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    // Everything that any combination of settings sets: what is free today must not collide when a setting is switched on tomorrow.
    private static readonly ImmutableHashSet<string> ReservedNames =
    [
        "CONNECT_HOST_DOMAIN", "CONNECT_HTTP_PORT", "CONNECT_LISTENER_PORT", "CONNECT_LOG_LEVEL", "CONNECT_OIDC_CLIENT_REGISTRATION_TOKEN",
        "CONNECT_POLICY_B64", "CONNECT_POLICY_FILE", "CONNECT_PROXY_URL", "CONNECT_REDIS_ADDRESS", "CONNECT_REDIS_DB", "CONNECT_REDIS_PASSWORD", "CONNECT_REDIS_PREFIX",
        "CONNECT_REDIS_TLS_CERT_FILE", "CONNECT_REDIS_TLS_ENABLE", "CONNECT_REDIS_TLS_KEY_FILE", "CONNECT_REDIS_TLS_SKIP_VERIFY",
        "CONNECT_REDIS_USER", "CONNECT_SSH_ADDR", "CONNECT_SSH_ENABLED", "CONNECT_SSH_HANDSHAKE_TIMEOUT", "CONNECT_SSH_KEY_PATH",
        "CONNECT_SSH_KEY_VALUE_BASE64", "CONNECT_SSH_MAX_CONN_CHANNELS", "CONNECT_SSH_MAX_CONNECTIONS", "CONNECT_STORAGE_ROOT",
        "CONNECT_TRUSTED_PROXY_CIDRS", "CONNECT_TUNNEL_PORT", "CONNECT_TUNNEL_URL", "LOCAL_CACHE_TTL", "PLATFORM_URL",
        "SSL_CERT_DIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME",
    ];

    private static ImmutableSortedDictionary<string, EnvironmentValue>.Builder Shared(ConnectRedis redis, ConnectLogLevel logLevel)
    {
        var variables = ImmutableSortedDictionary.CreateBuilder<string, EnvironmentValue>(StringComparer.Ordinal);
        variables["CONNECT_LOG_LEVEL"] = logLevel.ToString().ToUpperInvariant();
        variables["CONNECT_REDIS_ADDRESS"] = ConnectSource.RedisAddress;
        variables["CONNECT_REDIS_DB"] = $"{redis.Database}";
        variables["CONNECT_REDIS_PREFIX"] = redis.Prefix;
        variables["CONNECT_REDIS_TLS_ENABLE"] = Spell(redis.TlsEnabled);
        if (redis.User is not null)
        {
            variables["CONNECT_REDIS_USER"] = redis.User;
        }

        if (redis.PasswordGiven)
        {
            variables["CONNECT_REDIS_PASSWORD"] = ConnectSource.RedisPassword;
        }

        if (redis.TlsEnabled)
        {
            AddTls(redis, variables);
        }

        return variables;
    }

    private static void AddTls(ConnectRedis redis, ImmutableSortedDictionary<string, EnvironmentValue>.Builder variables)
    {
        variables["CONNECT_REDIS_TLS_SKIP_VERIFY"] = Spell(redis.SkipVerify);
        if (redis.PrivateAuthority)
        {
            variables["SSL_CERT_DIR"] = AuthorityFolders;
        }

        if (redis.ClientCertificate)
        {
            variables["CONNECT_REDIS_TLS_CERT_FILE"] = $"{ConnectFiles.RedisTls}/{ConnectFiles.ClientCertificate}";
            variables["CONNECT_REDIS_TLS_KEY_FILE"] = $"{ConnectFiles.RedisTls}/{ConnectFiles.ClientKey}";
        }
    }

    private static void AddOptions(ConnectProxyEnvironment proxy, ImmutableSortedDictionary<string, EnvironmentValue>.Builder variables)
    {
        if (proxy.Ssh is { } ssh)
        {
            variables["CONNECT_SSH_ADDR"] = $":{ConnectPorts.Ssh}";
            variables["CONNECT_SSH_ENABLED"] = Spell(true);
            variables["CONNECT_SSH_HANDSHAKE_TIMEOUT"] = $"{(long)ssh.HandshakeTimeout.TotalSeconds}s";
            variables["CONNECT_SSH_KEY_PATH"] = ConnectFiles.SshHostKey;
            variables["CONNECT_SSH_MAX_CONN_CHANNELS"] = $"{ssh.MaxChannels}";
            variables["CONNECT_SSH_MAX_CONNECTIONS"] = $"{ssh.MaxConnections}";
        }

        if (proxy.Quotas)
        {
            variables["CONNECT_POLICY_FILE"] = ConnectFiles.QuotaPolicy;
        }

        if (!proxy.TrustedProxies.IsEmpty)
        {
            // Separated by spaces, unlike every other list of Connect and Platform.
            variables["CONNECT_TRUSTED_PROXY_CIDRS"] = string.Join(' ', proxy.TrustedProxies);
        }
    }

    private static ImmutableSortedDictionary<string, EnvironmentValue> WithExtra(
        ImmutableSortedDictionary<string, EnvironmentValue>.Builder variables, ImmutableDictionary<string, string> extra)
    {
        foreach (var (name, value) in extra)
        {
            // Add, not set: a name that the platform uses is a mistake of the caller, who can ask Reserved first.
            variables.Add(name, value);
        }

        return variables.ToImmutable();
    }

    private static string Spell(bool value) => value ? "true" : "false";
}

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

/// <summary>What decides the environment of connect-server.</summary>
/// <param name="HostDomain">Name of the headless Service: each server registers itself under its pod's name below it.</param>
/// <param name="Redis">The same object as for the proxy.</param>
/// <param name="LogLevel">How much it says.</param>
/// <param name="Extra">Further variables; they may not be ones that the platform sets.</param>
public sealed record ConnectServerEnvironment(string HostDomain, ConnectRedis Redis, ConnectLogLevel LogLevel, ImmutableDictionary<string, string> Extra);

/// <summary>What an environment variable is set to: a text, or something that the component fills in.</summary>
public abstract record EnvironmentValue
{
    private EnvironmentValue()
    {
    }

    public sealed record Text(string Value) : EnvironmentValue;

    public sealed record From(ConnectSource Source) : EnvironmentValue;

    public static implicit operator EnvironmentValue(string value) => new Text(value);

    public static implicit operator EnvironmentValue(ConnectSource source) => new From(source);
}

/// <summary>The values of a Connect pod that are secret or known only when something else exists.</summary>
public enum ConnectSource
{
    /// <summary>Host and port of Redis.</summary>
    RedisAddress,

    /// <summary>Password of Redis, from its Secret.</summary>
    RedisPassword,

    /// <summary>OIDC initial registration token, from its Secret.</summary>
    RegistrationToken,
}

/// <summary>The part of a Redis connection that is plain: what both Connect components must be told alike.</summary>
/// <param name="User">ACL user; null for the default user.</param>
/// <param name="PasswordGiven">Whether the server asks for a password.</param>
/// <param name="Database">Index, 0 to 15. Another than 0 when the Platform uses the same server: it always takes 0.</param>
/// <param name="Prefix">Start of every key; another than the default only when several Connects share a database.</param>
/// <param name="TlsEnabled">Whether the connection is TLS.</param>
/// <param name="SkipVerify">Accept any server certificate.</param>
/// <param name="PrivateAuthority">Whether a certificate authority is mounted at <see cref="ConnectFiles"/>.</param>
/// <param name="ClientCertificate">Whether a client certificate and its key are mounted there.</param>
public sealed record ConnectRedis(
    string? User = null,
    bool PasswordGiven = true,
    int Database = 0,
    string Prefix = ConnectRedis.DefaultPrefix,
    bool TlsEnabled = false,
    bool SkipVerify = false,
    bool PrivateAuthority = false,
    bool ClientCertificate = false)
{
    /// <summary>What Connect itself uses when it is told nothing (connect 0.11).</summary>
    public const string DefaultPrefix = "connect:session";

    /// <summary>Highest index of a Redis server with its default 16 databases.</summary>
    public const int HighestDatabase = 15;
}

/// <summary>The Redis connection of proxy and server: one object for both, because a difference between them loses every session.</summary>
public sealed class RedisConnection
{
    /// <summary>The connection of Connect to a server.</summary>
    /// <param name="redis">The server.</param>
    /// <param name="database">Index, 0 to <see cref="ConnectRedis.HighestDatabase"/>. Default 0, which needs a server apart from the Platform's.</param>
    /// <param name="prefix">Start of every key. Default <see cref="ConnectRedis.DefaultPrefix"/>.</param>
    public RedisConnection(IRedis redis, int database = 0, string prefix = ConnectRedis.DefaultPrefix)
    {
        if (database is < 0 or > ConnectRedis.HighestDatabase)
        {
            throw new RunException($"Redis database {database} does not exist: it must be 0 to {ConnectRedis.HighestDatabase}.");
        }

        if (redis.Tls is { } tls && tls.ClientCertificate is null != tls.ClientKey is null)
        {
            throw new RunException("Redis TLS has only one half of a client certificate: give certificate and key, or neither.");
        }

        Address = Output.Format($"{redis.Host}:{redis.Port}");
        Port = redis.Port;
        Password = redis.Password;
        Tls = redis.Tls;
        Pods = (redis as IRedisPods)?.Pods;
        Plain = new ConnectRedis(
            redis.User,
            redis.Password is not null,
            database,
            prefix,
            redis.Tls is not null,
            redis.Tls?.SkipVerify ?? false,
            redis.Tls?.CertificateAuthority is not null,
            redis.Tls?.ClientCertificate is not null);
    }

    /// <summary>Host and port, without scheme.</summary>
    public Output<string> Address { get; }

    public Output<int> Port { get; }

    public SecretKeyRef? Password { get; }

    public RedisTls? Tls { get; }

    /// <summary>Labels of the server's pods; null for a server outside the namespace.</summary>
    public Labels? Pods { get; }

    /// <summary>What the environment is planned from.</summary>
    public ConnectRedis Plain { get; }
}
