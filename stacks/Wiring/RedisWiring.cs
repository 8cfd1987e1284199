using Infra.Cache;
using Infra.Connect;
using Infra.Naming;
using Pulumi;
using Stacks.Settings;

namespace Stacks.Wiring;

/// <summary>Makes or reaches the Redis server of Studios.</summary>
/// <param name="studios">Its only client.</param>
/// <param name="clientNamespace">Namespace of the client.</param>
/// <param name="stack">The whole stack.</param>
internal sealed class RedisWiring(StudiosSettings studios, Input<string> clientNamespace, StackContext stack) : IRedisKinds<IRedis>
{
    public IRedis InCluster(InClusterRedisSettings settings) => new Redis(
        "redis",
        new RedisArgs
        {
            Namespace = clientNamespace,
            Clients = [ConnectLabels.Proxy, ConnectLabels.Server],
            Registry = studios.ImageRegistry,
            PullSecrets = studios.ImageRegistry is null ? [] : [studios.ImagePullSecret],
            Memory = settings.Memory,
            StorageSize = settings.Persistence.Size,
            StorageClassName = settings.Persistence.StorageClassName,
            PasswordRotation = settings.PasswordRotation,
            Protected = stack.Protects(ProtectedParts.Redis),
        },
        stack.OnCluster());

    public IRedis ElastiCache(ElastiCacheSettings settings) => new ElastiCacheRedis(
        "redis",
        new ElastiCacheRedisArgs
        {
            ClientSecurityGroupId = stack.Eks.NodeSecurityGroupId,
            Engine = settings.Engine,
            FinalSnapshot = settings.FinalSnapshot,
            KeyArn = stack.Aws.DataKey().Arn,
            MaintenanceWindow = $"{settings.MaintenanceWindow}",
            Namespace = clientNamespace,
            Network = stack.Eks.Network,
            Nodes = settings.Nodes,
            NodeType = settings.NodeType,
            PasswordRotation = settings.PasswordRotation,
            Protected = stack.Protects(ProtectedParts.Redis),
            ReplicationGroupId = AwsName.For(AwsNameRule.ReplicationGroup, stack.Aws.Name, "redis"),
            SnapshotRetentionInDays = settings.SnapshotRetentionDays,
            SnapshotWindow = $"{settings.SnapshotWindow}",
        },
        stack.Aws.Options(stack.Eks));

    public IRedis Memorystore(MemorystoreSettings settings) => new MemorystoreRedis(
        "redis",
        new MemorystoreRedisArgs
        {
            HighAvailability = settings.HighAvailability,
            InstanceName = stack.Gcp.Name(GcpNameRule.RedisInstance, "redis"),
            MemoryGiB = settings.MemoryGiB,
            Namespace = clientNamespace,
            Network = stack.Gke.Network,
            Project = stack.Gke.Project,
            Protected = stack.Protects(ProtectedParts.Redis),
        },
        stack.Gcp.Options(stack.Gke));

    public IRedis Existing(ExistingRedisSettings settings) => new ExistingRedis(
        "redis",
        new ExistingRedisArgs
        {
            Namespace = clientNamespace,
            Host = settings.Address.Host,
            Port = settings.Address.Port,
            User = settings.User,
            Password = settings.Password is { } password ? (Input<string>)stack.Secret(password) : null,
            Tls = settings.Tls is { } tls ? new RedisTls(tls.SkipVerify) : null,
        },
        stack.OnCluster());
}
