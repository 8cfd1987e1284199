using Infra.Cache;
using Infra.Manifests;
using Infra.Secrets;
using Pulumi;

namespace Infra.Connect;

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
