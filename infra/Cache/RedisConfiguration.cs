using Infra.Manifests;

namespace Infra.Cache;

/// <summary>The text of <c>redis.conf</c>.</summary>
public static class RedisConfiguration
{
    public const string FileName = "redis.conf";

    /// <summary>Folder of the ConfigMap inside the container.</summary>
    public const string Folder = "/etc/redis";

    /// <summary>Folder of the Secret inside the container.</summary>
    public const string SecretFolder = "/etc/redis-secret";

    /// <summary>File of the Secret that sets the password, so that neither this text nor the process list holds it.</summary>
    public const string AuthenticationFileName = "auth.conf";

    /// <summary>Folder of the volume: append-only file and its base.</summary>
    public const string DataFolder = "/data";

    // The rest of the container's memory is for the copy-on-write pages of an append-only rewrite and for client buffers.
    private const decimal DataShareOfMemory = 0.7m;

    // Commands that a session router never needs and that empty or reconfigure a server. Redis 7.4 documentation, "Redis security".
    private static readonly string[] DisabledCommands = ["CONFIG", "DEBUG", "FLUSHALL", "FLUSHDB", "SHUTDOWN"];

    /// <summary>Persistent by append-only file, and full rather than forgetful: an evicted key is a lost session.</summary>
    public static string Text(Quantity memory)
    {
        List<string> lines =
        [
            $"port {Redis.DefaultPort}",
            "bind * -::*",
            "protected-mode yes",
            $"dir {DataFolder}",
            "appendonly yes",
            "appendfsync everysec",
            "save \"\"",
            $"maxmemory {memory.Share(DataShareOfMemory)}",
            "maxmemory-policy noeviction",
            .. DisabledCommands.Select(command => $"rename-command {command} \"\""),
            $"include {SecretFolder}/{AuthenticationFileName}",
        ];
        return string.Concat(lines.Select(line => $"{line}\n"));
    }

    /// <summary>The text of the included file; the password has letters and digits only and needs no quotes.</summary>
    public static string Authentication(string password) => $"requirepass {password}\n";
}
