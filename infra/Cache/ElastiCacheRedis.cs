using Infra.Networks;
using Infra.Secrets;
using Pulumi;
using Pulumi.Aws.CloudWatch;
using Pulumi.Aws.ElastiCache;
using Pulumi.Aws.ElastiCache.Inputs;
using Pulumi.Random;

namespace Infra.Cache;

/// <summary>
/// A Valkey or Redis server on ElastiCache, one shard without cluster mode (Studios selects a database by number), encrypted at rest and in transit.
/// Stateful: it honours <see cref="ElastiCacheRedisArgs.Protected"/>.
/// </summary>
public sealed class ElastiCacheRedis : ComponentResource, IRedis
{
    private const string Token = "platform:cache:ElastiCacheRedis";
    private const int LogRetentionInDays = 365;

    // ElastiCache takes 16 to 128 characters; letters and digits survive every client's URL.
    private const int PasswordLength = 64;

    /// <summary>Address of the primary; resolves when the server answers.</summary>
    [Output("host")]
    public Output<string> Host { get; private set; }

    /// <summary>Always 6379.</summary>
    [Output("port")]
    public Output<int> Port { get; private set; }

    public string? User => null;

    public SecretKeyRef? Password { get; }

    /// <summary>The certificate is signed by Amazon's public authority, which the clients' images know.</summary>
    public RedisTls? Tls { get; } = new();

    public ElastiCacheRedis(string name, ElastiCacheRedisArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var subnets = new Pulumi.Aws.ElastiCache.SubnetGroup(
            $"{name}-subnets",
            new Pulumi.Aws.ElastiCache.SubnetGroupArgs
            {
                Description = args.ReplicationGroupId,
                SubnetIds = args.Network.PrivateSubnets.Select(subnet => (Input<string>)subnet.Id).ToList(),
            },
            new CustomResourceOptions { Parent = this });
        var parameters = new Pulumi.Aws.ElastiCache.ParameterGroup(
            $"{name}-parameters",
            new Pulumi.Aws.ElastiCache.ParameterGroupArgs
            {
                Description = args.ReplicationGroupId,
                Family = args.Engine is ElastiCacheEngine.Valkey ? "valkey7" : "redis7",
                // Sessions and queues are no cache: a full server must say so instead of forgetting some of them.
                Parameters = { new Pulumi.Aws.ElastiCache.Inputs.ParameterGroupParameterArgs { Name = "maxmemory-policy", Value = "noeviction" } },
            },
            new CustomResourceOptions { Parent = this });
        var clients = new ServiceSecurityGroup(
            $"{name}-security-group",
            new ServiceSecurityGroupArgs
            {
                VpcId = args.Network.VpcId,
                Description = "ElastiCache",
                Ports = ServicePorts.Redis,
                ClientGroupId = args.ClientSecurityGroupId,
            },
            new ComponentResourceOptions { Parent = this });
        var password = RotatedPassword.Make(this, $"{name}-password-value", PasswordLength, args.PasswordRotation, args.Protected);
        Password = new GivenSecret(
            $"{name}-password",
            new GivenSecretArgs { Namespace = args.Namespace, Key = Redis.PasswordKey, Value = password.Result },
            new ComponentResourceOptions { Parent = this }).Reference;

        var server = new ReplicationGroup(
            name,
            Server(args, subnets, parameters, clients, password, MakeLogs(name, args)),
            new CustomResourceOptions { Parent = this, Protect = args.Protected });
        Host = server.PrimaryEndpointAddress;
        Port = server.PrimaryEndpointAddress.Apply(_ => ServicePorts.Redis[0].First);
        RegisterOutputs();
    }

    private LogGroup MakeLogs(string name, ElastiCacheRedisArgs args) => new(
        $"{name}-logs",
        new LogGroupArgs { Name = LogGroupName(args.ReplicationGroupId), RetentionInDays = LogRetentionInDays, KmsKeyId = args.KeyArn! },
        new CustomResourceOptions { Parent = this });

    /// <summary>The name of the server's log group, which the policy of the encrypting key has to name.</summary>
    public static string LogGroupName(string replicationGroupId) => $"/aws/elasticache/{replicationGroupId}";

    private static ReplicationGroupArgs Server(
        ElastiCacheRedisArgs args,
        Pulumi.Aws.ElastiCache.SubnetGroup subnets,
        Pulumi.Aws.ElastiCache.ParameterGroup parameters,
        ServiceSecurityGroup clients,
        RandomPassword password,
        LogGroup logs)
    {
        var replicated = args.Nodes > 1;
        var server = new ReplicationGroupArgs
        {
            ReplicationGroupId = args.ReplicationGroupId,
            Description = "Sessions and tunnels of Seqera Studios",
            Engine = args.Engine is ElastiCacheEngine.Valkey ? "valkey" : "redis",
            EngineVersion = args.Engine is ElastiCacheEngine.Valkey ? "7.2" : "7.1",
            NodeType = args.NodeType,
            NumCacheClusters = args.Nodes,
            AutomaticFailoverEnabled = replicated,
            MultiAzEnabled = replicated,
            ParameterGroupName = parameters.Name,
            SubnetGroupName = subnets.Name,
            SecurityGroupIds = { clients.GroupId },
            Port = ServicePorts.Redis[0].First,
            AtRestEncryptionEnabled = true,
            KmsKeyId = args.KeyArn!,
            TransitEncryptionEnabled = true,
            TransitEncryptionMode = "required",
            AuthToken = password.Result,
            // The group never was without a token, so the old one is all that rotating leaves open, until the next rotation.
            AuthTokenUpdateStrategy = "ROTATE",
            MaintenanceWindow = args.MaintenanceWindow,
            SnapshotRetentionLimit = args.SnapshotRetentionInDays,
            SnapshotWindow = args.SnapshotWindow,
            AutoMinorVersionUpgrade = true,
            LogDeliveryConfigurations = { Log("slow-log", logs), Log("engine-log", logs) },
        };
        if (args.Protected)
        {
            server.FinalSnapshotIdentifier = $"{args.ReplicationGroupId}-final";
        }

        return server;
    }

    private static ReplicationGroupLogDeliveryConfigurationArgs Log(string type, LogGroup logs) => new()
    {
        LogType = type,
        Destination = logs.Name,
        DestinationType = "cloudwatch-logs",
        LogFormat = "json",
    };
}
