using Pulumi;

namespace Infra.Cache;

/// <summary>How to reach a Redis server that somebody else runs.</summary>
public sealed class ExistingRedisArgs : ResourceArgs
{
    /// <summary>Namespace of the clients: the password's Secret is made there.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>Host name or address, without scheme and port.</summary>
    public required Input<string> Host { get; init; }

    /// <summary>TCP port. Default <see cref="Redis.DefaultPort"/>.</summary>
    public int Port { get; init; } = Redis.DefaultPort;

    /// <summary>ACL user. Default: the server's default user.</summary>
    public string? User { get; init; }

    /// <summary>Password; treated as secret. Default: the server asks for none.</summary>
    public Input<string>? Password { get; init; }

    /// <summary>How to speak TLS. Default: plain TCP.</summary>
    public RedisTls? Tls { get; init; }
}
