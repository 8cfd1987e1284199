using Infra.Databases;
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
        var password = RotatedPassword.Make(this, $"{name}-password-value", PasswordLength, args.PasswordRotation);
        Password = args.Namespace is { } clientNamespace
            ? new GivenSecret(
                $"{name}-password",
                new GivenSecretArgs { Namespace = clientNamespace, Key = Redis.PasswordKey, Value = password.Result },
                new ComponentResourceOptions { Parent = this }).Reference
            : null;

        var server = new ReplicationGroup(
            name,
            Server(args, subnets, parameters, clients, password, MakeLogs(name, args), LastSnapshot(name, args, subnets)),
            new CustomResourceOptions { Parent = this, Protect = args.Protected });
        Host = server.PrimaryEndpointAddress;
        Port = Output.Create(ServicePorts.Redis[0].First);
        RegisterOutputs();
    }

    private Output<string>? LastSnapshot(string name, ElastiCacheRedisArgs args, Pulumi.Aws.ElastiCache.SubnetGroup subnets) => args.FinalSnapshot
        ? FinalSnapshot.NameFor(this, name, args.ReplicationGroupId, ("keyArn", args.KeyArn ?? ""), ("subnetGroup", subnets.Name))
        : null;

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
        LogGroup logs,
        Output<string>? finalSnapshot)
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
        if (finalSnapshot is not null)
        {
            server.FinalSnapshotIdentifier = finalSnapshot;
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

/// <summary>What an ElastiCache server looks like and who reaches it.</summary>
public sealed class ElastiCacheRedisArgs : ResourceArgs
{
    public const ElastiCacheEngine DefaultEngine = ElastiCacheEngine.Valkey;
    public const string DefaultNodeType = "cache.t4g.small";
    public const int DefaultNodes = 2;
    public const int DefaultSnapshotRetentionInDays = 7;
    public const bool DefaultFinalSnapshot = true;
    public const string DefaultMaintenanceWindow = "sun:03:00-sun:04:00";
    public const string DefaultSnapshotWindow = "01:00-02:00";
    public const int DefaultPasswordRotation = 1;
    public required INetwork Network { get; init; }

    /// <summary>Security group of the nodes and their pods.</summary>
    public required Input<string> ClientSecurityGroupId { get; init; }

    /// <summary>Physical name: 1 to 40 lower-case letters, digits and inner hyphens (<see cref="Naming.AwsNameRule.ReplicationGroup"/>).</summary>
    public required string ReplicationGroupId { get; init; }

    /// <summary>Namespace of the clients, where the password goes. Default none: there are no clients yet, and the Secret comes with them.</summary>
    public Input<string>? Namespace { get; init; }

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

    /// <summary>Whether what the server holds is worth a last snapshot when it is deleted, allowed or not. Default true.</summary>
    public bool FinalSnapshot { get; init; } = DefaultFinalSnapshot;

    /// <summary>Refuse deletion through Pulumi. Default false.</summary>
    public bool Protected { get; init; }
}

/// <summary>What an ElastiCache node runs.</summary>
public enum ElastiCacheEngine
{
    /// <summary>Valkey 7.2: the version that Seqera Platform 26.1 and its Studios name.</summary>
    Valkey,

    /// <summary>Redis OSS 7.1: the last one that ElastiCache offers under that name.</summary>
    Redis,
}
