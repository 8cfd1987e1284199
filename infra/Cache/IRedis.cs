using Infra.Secrets;
using Pulumi;

namespace Infra.Cache;

/// <summary>A Redis server (or Valkey, which speaks the same), in the cluster, managed by a cloud, or existing.</summary>
public interface IRedis
{
    /// <summary>Host name or address without scheme and port.</summary>
    Output<string> Host { get; }

    /// <summary>TCP port, 6379 unless the service says otherwise.</summary>
    Output<int> Port { get; }

    /// <summary>ACL user; null for the server's default user.</summary>
    string? User { get; }

    /// <summary>Where the password lies, in the namespace the server was declared for; null for a server without authentication.</summary>
    SecretKeyRef? Password { get; }

    /// <summary>How to speak TLS; null for plain TCP.</summary>
    RedisTls? Tls { get; }
}
