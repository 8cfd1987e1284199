using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Infra.Cache;
using Infra.Manifests;
using Infra.Secrets;
using Pulumi;

namespace Infra.Connect;

/// <summary>The environment variables of Connect, as its reference lists them (Seqera Enterprise 26.1, install-studios).</summary>
/// <remarks>A table a workload: the name, and what the args make of it; null is not set.</remarks>
public static class ConnectEnvironment
{
    // Proxy and server must be told the same about Redis: a difference loses every session.
    private static readonly ImmutableArray<Variable<ConnectWorkloadArgs>> OfBoth =
    [
        new("CONNECT_LOG_LEVEL", workload => workload.LogLevel.ToString().ToUpperInvariant()),
        new("CONNECT_MANAGEMENT_PORT", workload => workload.Management is { } management ? $"{management.Port}" : null),
        new("CONNECT_REDIS_ADDRESS", workload => new EnvironmentValue.RedisAddress(workload.Redis.Address)),
        new("CONNECT_REDIS_DB", workload => $"{workload.Redis.Database}"),
        new("CONNECT_REDIS_PASSWORD", workload => workload.Redis.Password is { } password ? new EnvironmentValue.Secret(password) : null),
        new("CONNECT_REDIS_PREFIX", workload => workload.Redis.Prefix),
        new("CONNECT_REDIS_TLS_CERT_FILE", workload => If(workload.Redis.Tls?.ClientCertificate, $"{ConnectFiles.RedisTls}/{ConnectFiles.ClientCertificate}")),
        new("CONNECT_REDIS_TLS_ENABLE", workload => Spell(workload.Redis.Tls is not null)),
        new("CONNECT_REDIS_TLS_KEY_FILE", workload => If(workload.Redis.Tls?.ClientCertificate, $"{ConnectFiles.RedisTls}/{ConnectFiles.ClientKey}")),
        new("CONNECT_REDIS_TLS_SKIP_VERIFY", workload => workload.Redis.Tls is { } tls ? Spell(tls.SkipVerify) : null),
        new("CONNECT_REDIS_USER", workload => workload.Redis.User is { } user ? user : null),
        // Go programs read every file of these folders in addition to the image's bundle. Connect has no variable of its own for an authority.
        new("SSL_CERT_DIR", TrustedFolders),
    ];

    private static readonly ImmutableArray<Variable<ConnectServerArgs>> OfServer =
    [
        // Each server registers itself under its pod's name below the headless Service.
        new("CONNECT_HOST_DOMAIN", _ => ConnectServer.PhysicalName),
        new("CONNECT_LISTENER_PORT", _ => $"{ConnectPorts.Listener}"),
        new("CONNECT_TUNNEL_PORT", _ => $"{ConnectPorts.Tunnel}"),
    ];

    private static readonly ImmutableArray<Variable<ConnectProxyArgs>> OfProxy =
    [
        new("CONNECT_HTTP_PORT", args => $"{args.Workload.Profile.HttpPort}"),
        new("CONNECT_OIDC_CLIENT_REGISTRATION_TOKEN", args => new EnvironmentValue.Secret(args.RegistrationToken)),
        new("CONNECT_POLICY_FILE", args => If(args.Quotas, ConnectFiles.QuotaPolicy)),
        new("CONNECT_PROXY_URL", args => args.ConnectUrl.Text),
        new("CONNECT_SSH_ADDR", args => If(args.Ssh, $":{ConnectPorts.Ssh}")),
        new("CONNECT_SSH_ENABLED", args => If(args.Ssh, Spell(true))),
        new("CONNECT_SSH_HANDSHAKE_TIMEOUT", args => args.Ssh is { Limits: var limits } ? Seconds(limits.HandshakeTimeout) : null),
        new("CONNECT_SSH_KEY_PATH", args => If(args.Ssh, ConnectFiles.SshHostKey)),
        new("CONNECT_SSH_MAX_CONNECTIONS", args => args.Ssh is { Limits: var limits } ? $"{limits.MaxConnections}" : null),
        new("CONNECT_SSH_MAX_CONN_CHANNELS", args => args.Ssh is { Limits: var limits } ? $"{limits.MaxChannels}" : null),
        new("CONNECT_STORAGE_ROOT", args => args.Workload.Profile.WritableStorage ? ConnectFiles.Data : null),
        // Separated by spaces, unlike every other list of Connect and Platform.
        new("CONNECT_TRUSTED_PROXY_CIDRS", args => args.TrustedProxies.IsEmpty ? null : string.Join(' ', args.TrustedProxies)),
        new("CONNECT_TUNNEL_URL", _ => $"{ConnectServer.PhysicalName}:{ConnectPorts.Tunnel}"),
        // No CONNECT_ in front: that is how the proxy spells it.
        new("LOCAL_CACHE_TTL", args => Seconds(args.LocalCacheLifetime)),
        new("PLATFORM_URL", args => args.PlatformUrl.Text),
        new("XDG_CONFIG_HOME", args => HomeInData(args.Workload, "config")),
        new("XDG_DATA_HOME", args => HomeInData(args.Workload, "lib")),
    ];

    // Everything that any combination of settings sets, and Connect's other spellings of the same: what is free today must not collide tomorrow.
    private static readonly ImmutableHashSet<string> ReservedNames =
    [
        .. OfBoth.Select(variable => variable.Name), .. OfServer.Select(variable => variable.Name), .. OfProxy.Select(variable => variable.Name),
        "CONNECT_POLICY_B64", "CONNECT_SSH_KEY_VALUE_BASE64",
    ];

    /// <summary>The variables of connect-server; <paramref name="secrets"/> are those of the operator that are secret.</summary>
    public static ImmutableSortedDictionary<string, EnvironmentValue> Server(ConnectServerArgs args, SecretVariables? secrets = null) =>
        Plan(args.Workload, OfServer, args, args.ExtraEnvironment, secrets);

    /// <summary>The variables of connect-proxy; <paramref name="secrets"/> are those of the operator that are secret.</summary>
    public static ImmutableSortedDictionary<string, EnvironmentValue> Proxy(ConnectProxyArgs args, SecretVariables? secrets = null) =>
        Plan(args.Workload, OfProxy, args, args.ExtraEnvironment, secrets);

    /// <summary>Variables among <paramref name="extra"/> that the platform sets itself, in order.</summary>
    public static ImmutableArray<string> Reserved(IEnumerable<string> extra) =>
        [.. extra.Where(ReservedNames.Contains).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static ImmutableSortedDictionary<string, EnvironmentValue> Plan<TArgs>(
        ConnectWorkloadArgs workload,
        ImmutableArray<Variable<TArgs>> own,
        TArgs args,
        ImmutableDictionary<string, string> extra,
        SecretVariables? secrets)
    {
        var variables = ImmutableSortedDictionary.CreateBuilder<string, EnvironmentValue>(StringComparer.Ordinal);
        Set(OfBoth, workload);
        Set(own, args);
        foreach (var (name, value) in extra)
        {
            // Add, not set: a name that the platform uses is a mistake of the caller, who can ask Reserved first.
            variables.Add(name, value);
        }

        if (secrets is not null)
        {
            variables.AddRange(secrets.References.Select(secret =>
                KeyValuePair.Create<string, EnvironmentValue>(secret.Key, new EnvironmentValue.Secret(secret.Value))));
        }

        return variables.ToImmutable();

        void Set<T>(ImmutableArray<Variable<T>> table, T given)
        {
            foreach (var (name, read) in table)
            {
                if (read(given) is { } value)
                {
                    variables[name] = value;
                }
            }
        }
    }

    // Under a read-only root, or a user that the cluster chose, the image's own home cannot be written.
    private static EnvironmentValue? HomeInData(ConnectWorkloadArgs workload, string folder) =>
        workload.ReadOnlyRootFilesystem || workload.ClusterChoosesUser ? $"{ConnectFiles.Data}/{folder}" : null;

    private static EnvironmentValue? TrustedFolders(ConnectWorkloadArgs workload)
    {
        List<string> folders = [];
        if (workload.Authority is not null)
        {
            folders.Add(ConnectFiles.Trusted);
        }

        if (workload.Redis.Tls?.CertificateAuthority is not null)
        {
            folders.Add($"{ConnectFiles.RedisTls}/{ConnectFiles.AuthorityFolder}");
        }

        return folders.Count == 0 ? null : $"/etc/ssl/certs:{string.Join(':', folders)}";
    }

    private static EnvironmentValue? If(object? given, string value) => given is null ? null : value;

    private static string Spell(bool value) => value ? "true" : "false";

    // A Go duration.
    private static string Seconds(TimeSpan duration) => $"{(long)duration.TotalSeconds}s";

    private sealed record Variable<TArgs>(string Name, Func<TArgs, EnvironmentValue?> Value);
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

    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator EnvironmentValue?(string? value) => value is null ? null : new Text(value);
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
