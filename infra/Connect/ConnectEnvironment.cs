using System.Collections.Immutable;
using Infra.Cache;
using Infra.Manifests;
using Infra.Secrets;
using Pulumi;

namespace Infra.Connect;

/// <summary>The environment variables of Connect, as its reference lists them (Seqera Enterprise 26.1, install-studios).</summary>
public static class ConnectEnvironment
{
    // Go programs read every file of these folders in addition to the image's bundle. Connect has no variable of its own for an authority.
    private const string AuthorityFolders = $"/etc/ssl/certs:{ConnectFiles.RedisTls}/{ConnectFiles.AuthorityFolder}";

    /// <summary>The variables of connect-server.</summary>
    public static ImmutableSortedDictionary<string, EnvironmentValue> Server(ConnectServerArgs args)
    {
        var variables = Shared(args.Workload);
        // Each server registers itself under its pod's name below the headless Service.
        variables["CONNECT_HOST_DOMAIN"] = ConnectServer.PhysicalName;
        variables["CONNECT_LISTENER_PORT"] = $"{ConnectPorts.Listener}";
        variables["CONNECT_TUNNEL_PORT"] = $"{ConnectPorts.Tunnel}";
        return WithExtra(variables, args.ExtraEnvironment);
    }

    /// <summary>The variables of connect-proxy.</summary>
    public static ImmutableSortedDictionary<string, EnvironmentValue> Proxy(ConnectProxyArgs args)
    {
        var workload = args.Workload;
        var variables = Shared(workload);
        variables["CONNECT_HTTP_PORT"] = $"{workload.Profile.HttpPort}";
        variables["CONNECT_OIDC_CLIENT_REGISTRATION_TOKEN"] = new EnvironmentValue.Secret(args.RegistrationToken);
        variables["CONNECT_PROXY_URL"] = args.ConnectUrl.Text;
        variables["CONNECT_TUNNEL_URL"] = $"{ConnectServer.PhysicalName}:{ConnectPorts.Tunnel}";
        // No CONNECT_ in front: that is how the proxy spells it. The value is a Go duration.
        variables["LOCAL_CACHE_TTL"] = $"{(long)args.LocalCacheLifetime.TotalSeconds}s";
        variables["PLATFORM_URL"] = args.PlatformUrl.Text;
        if (workload.Profile.WritableStorage)
        {
            variables["CONNECT_STORAGE_ROOT"] = ConnectFiles.Data;
        }

        // Under a read-only root, or a user that the cluster chose, the image's own home cannot be written.
        if (workload.ReadOnlyRootFilesystem || workload.ClusterChoosesUser)
        {
            variables["XDG_CONFIG_HOME"] = $"{ConnectFiles.Data}/config";
            variables["XDG_DATA_HOME"] = $"{ConnectFiles.Data}/lib";
        }

        AddOptions(args, variables);
        return WithExtra(variables, args.ExtraEnvironment);
    }

    /// <summary>Variables among <paramref name="extra"/> that the platform sets itself, in order.</summary>
    public static ImmutableArray<string> Reserved(IEnumerable<string> extra) =>
        [.. extra.Where(ReservedNames.Contains).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    // Everything that any combination of settings sets: what is free today must not collide when a setting is switched on tomorrow.
    private static readonly ImmutableHashSet<string> ReservedNames =
    [
        "CONNECT_HOST_DOMAIN", "CONNECT_HTTP_PORT", "CONNECT_LISTENER_PORT", "CONNECT_LOG_LEVEL", "CONNECT_OIDC_CLIENT_REGISTRATION_TOKEN",
        "CONNECT_POLICY_B64", "CONNECT_POLICY_FILE", "CONNECT_PROXY_URL",
        "CONNECT_REDIS_ADDRESS", "CONNECT_REDIS_DB", "CONNECT_REDIS_PASSWORD", "CONNECT_REDIS_PREFIX",
        "CONNECT_REDIS_TLS_CERT_FILE", "CONNECT_REDIS_TLS_ENABLE", "CONNECT_REDIS_TLS_KEY_FILE", "CONNECT_REDIS_TLS_SKIP_VERIFY",
        "CONNECT_REDIS_USER", "CONNECT_SSH_ADDR", "CONNECT_SSH_ENABLED", "CONNECT_SSH_HANDSHAKE_TIMEOUT", "CONNECT_SSH_KEY_PATH",
        "CONNECT_SSH_KEY_VALUE_BASE64", "CONNECT_SSH_MAX_CONN_CHANNELS", "CONNECT_SSH_MAX_CONNECTIONS", "CONNECT_STORAGE_ROOT",
        "CONNECT_TRUSTED_PROXY_CIDRS", "CONNECT_TUNNEL_PORT", "CONNECT_TUNNEL_URL", "LOCAL_CACHE_TTL", "PLATFORM_URL",
        "SSL_CERT_DIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME",
    ];

    // Proxy and server must be told the same about Redis: a difference loses every session.
    private static ImmutableSortedDictionary<string, EnvironmentValue>.Builder Shared(ConnectWorkloadArgs workload)
    {
        var redis = workload.Redis;
        var variables = ImmutableSortedDictionary.CreateBuilder<string, EnvironmentValue>(StringComparer.Ordinal);
        variables["CONNECT_LOG_LEVEL"] = workload.LogLevel.ToString().ToUpperInvariant();
        variables["CONNECT_REDIS_ADDRESS"] = new EnvironmentValue.RedisAddress(redis.Address);
        variables["CONNECT_REDIS_DB"] = $"{redis.Database}";
        variables["CONNECT_REDIS_PREFIX"] = redis.Prefix;
        variables["CONNECT_REDIS_TLS_ENABLE"] = Spell(redis.Tls is not null);
        if (redis.User is not null)
        {
            variables["CONNECT_REDIS_USER"] = redis.User;
        }

        if (redis.Password is not null)
        {
            variables["CONNECT_REDIS_PASSWORD"] = new EnvironmentValue.Secret(redis.Password);
        }

        if (redis.Tls is { } tls)
        {
            AddTls(tls, variables);
        }

        return variables;
    }

    private static void AddTls(RedisTls tls, ImmutableSortedDictionary<string, EnvironmentValue>.Builder variables)
    {
        variables["CONNECT_REDIS_TLS_SKIP_VERIFY"] = Spell(tls.SkipVerify);
        if (tls.CertificateAuthority is not null)
        {
            variables["SSL_CERT_DIR"] = AuthorityFolders;
        }

        if (tls.ClientCertificate is not null)
        {
            variables["CONNECT_REDIS_TLS_CERT_FILE"] = $"{ConnectFiles.RedisTls}/{ConnectFiles.ClientCertificate}";
            variables["CONNECT_REDIS_TLS_KEY_FILE"] = $"{ConnectFiles.RedisTls}/{ConnectFiles.ClientKey}";
        }
    }

    private static void AddOptions(ConnectProxyArgs args, ImmutableSortedDictionary<string, EnvironmentValue>.Builder variables)
    {
        if (args.Ssh?.Limits is { } ssh)
        {
            variables["CONNECT_SSH_ADDR"] = $":{ConnectPorts.Ssh}";
            variables["CONNECT_SSH_ENABLED"] = Spell(true);
            variables["CONNECT_SSH_HANDSHAKE_TIMEOUT"] = $"{(long)ssh.HandshakeTimeout.TotalSeconds}s";
            variables["CONNECT_SSH_KEY_PATH"] = ConnectFiles.SshHostKey;
            variables["CONNECT_SSH_MAX_CONN_CHANNELS"] = $"{ssh.MaxChannels}";
            variables["CONNECT_SSH_MAX_CONNECTIONS"] = $"{ssh.MaxConnections}";
        }

        if (args.Quotas is not null)
        {
            variables["CONNECT_POLICY_FILE"] = ConnectFiles.QuotaPolicy;
        }

        if (!args.TrustedProxies.IsEmpty)
        {
            // Separated by spaces, unlike every other list of Connect and Platform.
            variables["CONNECT_TRUSTED_PROXY_CIDRS"] = string.Join(' ', args.TrustedProxies);
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

/// <summary>What an environment variable of Connect is set to.</summary>
public abstract record EnvironmentValue
{
    private EnvironmentValue()
    {
    }

    /// <summary>A text that is no secret and known before anything is deployed.</summary>
    public sealed record Text(string Value) : EnvironmentValue;

    /// <summary>One key of a Secret.</summary>
    public sealed record Secret(SecretKeyRef Reference) : EnvironmentValue;

    /// <summary>Host and port of Redis, known once the server exists.</summary>
    public sealed record RedisAddress(Output<string> Value) : EnvironmentValue;

    public static implicit operator EnvironmentValue(string value) => new Text(value);
}

/// <summary>The Redis connection of proxy and server: one object for both, because a difference between them loses every session.</summary>
public sealed class RedisConnection
{
    /// <summary>What Connect itself uses when it is told nothing (connect 0.11).</summary>
    public const string DefaultPrefix = "connect:session";

    /// <summary>Highest index of a Redis server with its default 16 databases.</summary>
    public const int HighestDatabase = 15;

    /// <summary>The connection of Connect to a server.</summary>
    /// <param name="redis">The server.</param>
    /// <param name="database">Index, 0 to <see cref="HighestDatabase"/>. Another than 0 when the Platform uses the same server: it always takes 0.</param>
    /// <param name="prefix">Start of every key; another than the default only when several Connects share a database.</param>
    public RedisConnection(IRedis redis, int database = 0, string prefix = DefaultPrefix)
    {
        if (database is < 0 or > HighestDatabase)
        {
            throw new RunException($"Redis database {database} does not exist: it must be 0 to {HighestDatabase}.");
        }

        if (redis.Tls is { } tls && tls.ClientCertificate is null != tls.ClientKey is null)
        {
            throw new RunException("Redis TLS has only one half of a client certificate: give certificate and key, or neither.");
        }

        Address = Output.Format($"{redis.Host}:{redis.Port}");
        Port = redis.Port;
        User = redis.User;
        Password = redis.Password;
        Tls = redis.Tls;
        Pods = (redis as IRedisPods)?.Pods;
        Database = database;
        Prefix = prefix;
    }

    /// <summary>Host and port, without scheme.</summary>
    public Output<string> Address { get; }

    public Output<int> Port { get; }

    /// <summary>ACL user; null for the default user.</summary>
    public string? User { get; }

    public SecretKeyRef? Password { get; }
    public RedisTls? Tls { get; }

    /// <summary>Labels of the server's pods; null for a server outside the namespace.</summary>
    public Labels? Pods { get; }

    public int Database { get; }
    public string Prefix { get; }
}
