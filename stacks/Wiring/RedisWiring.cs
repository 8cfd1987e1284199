using Infra.Cache;
using Infra.Connect;
using Infra.Naming;
using Pulumi;
using Stacks.Settings;

namespace Stacks.Wiring;

/// <summary>Makes or reaches the Redis server of Studios.</summary>
/// <param name="studios">Its only client; null as long as an operator builds the server alone.</param>
/// <param name="clientNamespace">Namespace of the client; null as long as there is none, and no Secret for it either.</param>
/// <param name="pullSecret">Secret for the registry of its images; null as long as there is no client.</param>
/// <param name="stack">The whole stack.</param>
internal sealed class RedisWiring(StudiosSettings? studios, Input<string>? clientNamespace, Input<string>? pullSecret, StackContext stack)
    : IRedisKinds<IRedis?>
{
    public IRedis? InCluster(InClusterRedisSettings settings) => new Redis(
        "redis",
        new RedisArgs
        {
            // The settings ask for a namespace where Studios names none.
            Namespace = clientNamespace ?? settings.Namespace!.Text,
            Clients = [ConnectLabels.Proxy, ConnectLabels.Server],
            ServiceName = settings.Name,
            // A reference says itself which registry it means.
            Image = settings.Image ?? RedisImage.Default,
            Registry = settings.Image is null ? studios?.ImageRegistry : null,
            Pod = settings.Pod.Options,
            ClusterChoosesUser = studios?.Pods.ClusterChoosesUser == true,
            PullSecrets = studios?.ImageRegistry is null || pullSecret is null ? [] : [pullSecret],
            Memory = settings.Memory,
            StorageSize = settings.Persistence.Size,
            StorageClassName = settings.Persistence.StorageClassName,
            PasswordRotation = settings.PasswordRotation,
            Protected = stack.Protects(ProtectedParts.Redis),
        },
        stack.OnCluster());

    public IRedis? ElastiCache(ElastiCacheSettings settings) => new ElastiCacheRedis(
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

    public IRedis? Memorystore(MemorystoreSettings settings) => new MemorystoreRedis(
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

    // Alone it is nothing that this stack would make.
    public IRedis? Existing(ExistingRedisSettings settings) => clientNamespace is null ? null : new ExistingRedis(
        "redis",
        new ExistingRedisArgs
        {
            Namespace = clientNamespace,
            Host = settings.Address.Host,
            Port = settings.Address.Port,
            User = settings.User,
            Password = settings.Password is { } password ? (Input<string>)stack.Secret(password) : null,
            Tls = settings.Tls is { } tls ? new RedisTls(tls.SkipVerify) : null,
            CertificateAuthority = Text(settings.Tls?.CertificateAuthority),
            ClientCertificate = Text(settings.Tls?.ClientCertificate),
            ClientKey = settings.Tls?.ClientKey is { } key ? (Input<string>)stack.Secret(key) : null,
        },
        stack.OnCluster());

    private static Input<string>? Text(string? value) => value is null ? null : (Input<string>)value;
}
