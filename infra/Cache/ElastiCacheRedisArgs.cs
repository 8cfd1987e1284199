using Infra.Networks;
using Pulumi;

namespace Infra.Cache;

/// <summary>What an ElastiCache server looks like and who reaches it.</summary>
public sealed class ElastiCacheRedisArgs : ResourceArgs
{
    public const ElastiCacheEngine DefaultEngine = ElastiCacheEngine.Valkey;
    public const string DefaultNodeType = "cache.t4g.small";
    public const int DefaultNodes = 2;
    public const int DefaultSnapshotRetentionInDays = 7;
    public const string DefaultMaintenanceWindow = "sun:03:00-sun:04:00";
    public const string DefaultSnapshotWindow = "01:00-02:00";
    public const int DefaultPasswordRotation = 1;

    public required INetwork Network { get; init; }

    /// <summary>Security group of the nodes and their pods.</summary>
    public required Input<string> ClientSecurityGroupId { get; init; }

    /// <summary>Physical name: 1 to 40 lower-case letters, digits and inner hyphens (<see cref="Naming.AwsNameRule.ReplicationGroup"/>).</summary>
    public required string ReplicationGroupId { get; init; }

    /// <summary>Namespace of the clients, where the password goes.</summary>
    public required Input<string> Namespace { get; init; }

    public ElastiCacheEngine Engine { get; init; } = DefaultEngine;

    /// <summary>ElastiCache node type. Seqera asks for 6 GiB of memory in production. Default the smallest Graviton node.</summary>
    public string NodeType { get; init; } = DefaultNodeType;

    /// <summary>Nodes: the primary and its replicas, 1 to 6; with 2 or more in two zones another takes over. Default 2.</summary>
    public int Nodes { get; init; } = DefaultNodes;

    /// <summary>Key of the data at rest; null for the account's own ElastiCache key.</summary>
    public Input<string>? KeyArn { get; init; }

    /// <summary>Days that daily snapshots are kept: 0 to 35. Default 7.</summary>
    public int SnapshotRetentionInDays { get; init; } = DefaultSnapshotRetentionInDays;

    /// <summary>When AWS may restart nodes, <c>ddd:hh24:mi-ddd:hh24:mi</c> in UTC. Default Sunday night.</summary>
    public string MaintenanceWindow { get; init; } = DefaultMaintenanceWindow;

    /// <summary>When the daily snapshot is taken, <c>hh24:mi-hh24:mi</c> in UTC, outside the maintenance window. Default the hour before it.</summary>
    public string SnapshotWindow { get; init; } = DefaultSnapshotWindow;

    /// <summary>Changing the number makes a new password; the old one works until the next change. Default 1.</summary>
    public int PasswordRotation { get; init; } = DefaultPasswordRotation;

    /// <summary>Refuse deletion through Pulumi, and take a last snapshot on any other way. Default false.</summary>
    public bool Protected { get; init; }
}
