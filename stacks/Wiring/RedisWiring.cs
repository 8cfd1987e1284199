using Infra.Cache;
using Infra.Clusters;
using Infra.Connect;
using Infra.Naming;
using Pulumi;
using Stacks.Settings;

namespace Stacks.Wiring;

/// <summary>Picks the Redis server of Studios; nothing else asks which one it is.</summary>
internal static class RedisWiring
{
    /// <summary>The server that the settings name.</summary>
    /// <param name="settings">Which server.</param>
    /// <param name="studios">Its only client.</param>
    /// <param name="space">Namespace of the client.</param>
    /// <param name="cluster">Cluster of the client.</param>
    /// <param name="stack">The whole stack.</param>
    public static IRedis Define(RedisSettings settings, StudiosSettings studios, Input<string> space, ICluster cluster, StackContext stack) => settings switch
    {
        { InCluster: { } inCluster } => InCluster(inCluster, studios, space, cluster, stack),
        { ElastiCache: { } elastiCache } => ElastiCache(elastiCache, space, (IEksCluster)cluster, stack),
        { Memorystore: { } memorystore } => Memorystore(memorystore, space, (IGkeCluster)cluster, stack),
        { Existing: { } existing } => Existing(existing, space, cluster, stack),
        _ => throw new RunException("platform:redis names no kind of server."),
    };

    private static Redis InCluster(InClusterRedisSettings settings, StudiosSettings studios, Input<string> space, ICluster cluster, StackContext stack) => new(
        "redis",
        new RedisArgs
        {
            Namespace = space,
            Clients = [ConnectLabels.Proxy, ConnectLabels.Server],
            Registry = studios.ImageRegistry,
            PullSecrets = studios.ImageRegistry is null ? [] : [studios.ImagePullSecret],
            Memory = settings.Memory,
            StorageSize = settings.Persistence.Size,
            StorageClassName = settings.Persistence.StorageClassName,
            PasswordRotation = settings.PasswordRotation,
            Protected = stack.Protected,
        },
        StackContext.On(cluster));

    private static ElastiCacheRedis ElastiCache(ElastiCacheSettings settings, Input<string> space, IEksCluster cluster, StackContext stack) => new(
        "redis",
        new ElastiCacheRedisArgs
        {
            ClientSecurityGroupId = cluster.NodeSecurityGroupId,
            Engine = settings.Engine,
            KeyArn = stack.Aws!.DataKey.Arn,
            MaintenanceWindow = settings.MaintenanceWindow,
            Namespace = space,
            Network = cluster.Network,
            Nodes = settings.Nodes,
            NodeType = settings.NodeType,
            PasswordRotation = settings.PasswordRotation,
            Protected = stack.Protected,
            ReplicationGroupId = AwsName.For(AwsNameRule.ReplicationGroup, stack.Aws.Name, "redis"),
            SnapshotRetentionInDays = settings.SnapshotRetentionDays,
            SnapshotWindow = settings.SnapshotWindow,
        },
        stack.Aws.Options(cluster));

    private static MemorystoreRedis Memorystore(MemorystoreSettings settings, Input<string> space, IGkeCluster cluster, StackContext stack) => new(
        "redis",
        new MemorystoreRedisArgs
        {
            HighAvailability = settings.HighAvailability,
            InstanceName = stack.Gcp!.Name(GcpNameRule.RedisInstance, "redis"),
            MemoryGiB = settings.MemoryGiB,
            Namespace = space,
            Network = cluster.Network,
            Project = cluster.Project,
            Protected = stack.Protected,
        },
        stack.Gcp.Options(cluster));

    private static ExistingRedis Existing(ExistingRedisSettings settings, Input<string> space, ICluster cluster, StackContext stack)
    {
        var colon = settings.Address.LastIndexOf(':');
        return new ExistingRedis(
            "redis",
            new ExistingRedisArgs
            {
                Namespace = space,
                Host = settings.Address[..colon],
                Port = int.Parse(settings.Address[(colon + 1)..]),
                User = settings.User,
                Password = settings.Password is { } password ? (Input<string>)stack.Secret(password) : null,
                Tls = settings.Tls is { } tls ? new RedisTls(tls.SkipVerify) : null,
            },
            StackContext.On(cluster));
    }
}
