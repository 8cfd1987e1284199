using System.Collections.Immutable;
using Infra.Accounts;
using Infra.Manifests;
using Infra.Networks;
using Infra.Secrets;
using Pulumi;
using Pulumi.Gcp.Redis;
using Pulumi.Gcp.Redis.Inputs;
using Pulumi.Gcp.Redis.Outputs;

namespace Infra.Cache;

/// <summary>
/// A Redis server on Memorystore with a password and TLS, not a cluster (Studios selects a database by number).
/// Stateful: it honours <see cref="MemorystoreRedisArgs.Protected"/>.
/// </summary>
/// <remarks>
/// The server's certificate is signed by an authority of its own, which clients get as a file: it lives ten years, and Google announces the next one beside it
/// after five.
/// The password is Google's: it changes only when authentication is switched off and on, by hand.
/// </remarks>
public sealed class MemorystoreRedis : ComponentResource, IRedis
{
    private const string Token = "platform:cache:MemorystoreRedis";
    private const string AuthorityKey = "ca.crt";

    // Google's port for TLS; without TLS it would be 6379 (Memorystore documentation, "In-transit encryption").
    private const int TlsPort = 6378;

    // The versions that Seqera Platform 26.1 names are 7.2 and 7.4.
    private const string Version = "REDIS_7_2";

    /// <summary>Address of the primary; resolves when the server answers.</summary>
    [Output("host")]
    public Output<string> Host { get; private set; }

    /// <summary>6378 with TLS; a plan knows it already.</summary>
    [Output("port")]
    public Output<int> Port { get; private set; }

    public string? User => null;
    public SecretKeyRef? Password { get; }
    public RedisTls? Tls { get; }

    public MemorystoreRedis(string name, MemorystoreRedisArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var server = new Instance(
            name,
            new InstanceArgs
            {
                Name = args.InstanceName,
                Region = args.Project.Region.Name,
                Tier = args.HighAvailability ? "STANDARD_HA" : "BASIC",
                MemorySizeGb = args.MemoryGiB,
                RedisVersion = Version,
                AuthEnabled = true,
                TransitEncryptionMode = "SERVER_AUTHENTICATION",
                ConnectMode = "PRIVATE_SERVICE_ACCESS",
                AuthorizedNetwork = args.Network.ManagedServicesNetworkId,
                // Sessions and queues are no cache: a full server must say so instead of forgetting some of them.
                RedisConfigs = { ["maxmemory-policy"] = "noeviction" },
                PersistenceConfig = new InstancePersistenceConfigArgs { PersistenceMode = "RDB", RdbSnapshotPeriod = "TWELVE_HOURS" },
                MaintenancePolicy = new InstanceMaintenancePolicyArgs { WeeklyMaintenanceWindows = { SundayNight() } },
                DeletionProtection = args.Protected,
            },
            new CustomResourceOptions { Parent = this, Protect = args.Protected });
        Host = server.Host;
        Port = Planned.Or(server.Port, TlsPort);
        Password = Given($"{name}-password", Redis.PasswordKey, server.AuthString, args);
        Tls = new RedisTls(CertificateAuthority: Given($"{name}-authority", AuthorityKey, server.ServerCaCerts.Apply(Bundle), args));
        RegisterOutputs();
    }

    private SecretKeyRef? Given(string name, string key, Output<string> value, MemorystoreRedisArgs args) => args.Namespace is { } clientNamespace
        ? new GivenSecret(
            name,
            new GivenSecretArgs { Namespace = clientNamespace, Key = key, Value = value },
            new ComponentResourceOptions { Parent = this }).Reference
        : null;

    // Two for the time in which one follows the other: clients that know both never notice.
    private static string Bundle(ImmutableArray<InstanceServerCaCert> authorities) =>
        string.Concat(authorities.Select(authority => $"{authority.Cert!.TrimEnd()}\n"));

    private static InstanceMaintenancePolicyWeeklyMaintenanceWindowArgs SundayNight() => new()
    {
        Day = "SUNDAY",
        StartTime = new InstanceMaintenancePolicyWeeklyMaintenanceWindowStartTimeArgs { Hours = 3, Minutes = 0, Seconds = 0, Nanos = 0 },
    };
}

/// <summary>What a Memorystore server looks like and who reaches it.</summary>
public sealed class MemorystoreRedisArgs : ResourceArgs
{
    public const int DefaultMemoryGiB = 1;
    public const bool DefaultHighAvailability = true;
    public required GcpProject Project { get; init; }
    public required IGcpNetwork Network { get; init; }

    /// <summary>Physical name (<see cref="Naming.GcpNameRule.RedisInstance"/>).</summary>
    public required string InstanceName { get; init; }

    /// <summary>Namespace of the clients, where password and authority go. Default none: there are no clients yet, and the Secrets come with them.</summary>
    public Input<string>? Namespace { get; init; }

    /// <summary>Memory in GiB, 1 to 300. Seqera asks for 6 in production. Default 1.</summary>
    public int MemoryGiB { get; init; } = DefaultMemoryGiB;

    /// <summary>A replica in another zone that takes over. Default true.</summary>
    public bool HighAvailability { get; init; } = DefaultHighAvailability;

    /// <summary>Memorystore and Pulumi refuse to delete the server. Default false.</summary>
    public bool Protected { get; init; }
}
