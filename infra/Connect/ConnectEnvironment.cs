using System.Collections.Immutable;

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
