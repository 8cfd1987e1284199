using Infra.Accounts;
using Infra.Networks;
using Pulumi;

namespace Infra.Cache;

/// <summary>What a Memorystore server looks like and who reaches it.</summary>
public sealed class MemorystoreRedisArgs : ResourceArgs
{
    public const int DefaultMemoryGiB = 1;
    public const bool DefaultHighAvailability = true;

    public required GcpProject Project { get; init; }

    public required IGcpNetwork Network { get; init; }

    /// <summary>Physical name (<see cref="Naming.GcpNameRule.RedisInstance"/>).</summary>
    public required string InstanceName { get; init; }

    /// <summary>Namespace of the clients, where password and authority go.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>Memory in GiB, 1 to 300. Seqera asks for 6 in production. Default 1.</summary>
    public int MemoryGiB { get; init; } = DefaultMemoryGiB;

    /// <summary>A replica in another zone that takes over. Default true.</summary>
    public bool HighAvailability { get; init; } = DefaultHighAvailability;

    /// <summary>Memorystore and Pulumi refuse to delete the server. Default false.</summary>
    public bool Protected { get; init; }
}
