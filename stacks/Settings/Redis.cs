using System.Collections.Immutable;
using Infra.Accounts;
using Infra.Cache;
using Infra.Manifests;
using Infra.Quotas;
using Infra.Versions;
using Stacks.Settings.Declaring;
using Stacks.Settings.Values;

namespace Stacks.Settings;

/// <summary>Which Redis server there is.</summary>
[Needs(nameof(PlatformSettings.Cluster))]
[Kind<InClusterRedisSettings>("inCluster", "A server that this stack runs in the cluster: one replica with an append-only file.")]
[Kind<ElastiCacheSettings>("elastiCache", "A server on ElastiCache that this stack makes beside an EKS cluster.")]
[Kind<MemorystoreSettings>("memorystore", "A server on Memorystore that this stack makes beside a GKE cluster.")]
[Kind<ExistingRedisSettings>("existing", "An existing server that is looked after elsewhere; version 7 or Valkey 7, without cluster mode.")]
public abstract record RedisSettings
{
    private protected RedisSettings()
    {
    }

    public abstract T Match<T>(IRedisKinds<T> kinds);
}

/// <summary>Something to do for each kind of Redis server.</summary>
public interface IRedisKinds<out T>
{
    T InCluster(InClusterRedisSettings settings);

    T ElastiCache(ElastiCacheSettings settings);

    T Memorystore(MemorystoreSettings settings);

    T Existing(ExistingRedisSettings settings);
}

/// <summary>A Redis server in the cluster.</summary>
public sealed record InClusterRedisSettings : RedisSettings, IChecked
{
    [Setting(
        "Name of its Service and StatefulSet in the namespace. A server that runs cannot be renamed: a stack that ran one before the default was connect-redis "
        + "says redis.")]
    public KubernetesName Name { get; init; } = RedisArgs.DefaultName;

    [Setting("Namespace of the server, as long as the stack file does not describe Studios.", Absent = "that of Studios", Example = "seqera-platform")]
    [Form(Form.KubernetesNamespace)]
    public KubernetesName? Namespace { get; init; }

    [Setting("The disk under the append-only file. It cannot change once the server runs.")]
    public RedisPersistenceSettings Persistence { get; init; } = new();

    [Setting("Memory of the server, of which 70 % is for data. Seqera's figure for a production server is 6Gi.")]
    [Least("64Mi")]
    public Quantity Memory { get; init; } = RedisArgs.DefaultMemory;

    [Setting("Raise it by one to have a new password; the server and everything that reads it restart.")]
    [Range(1, int.MaxValue)]
    public int PasswordRotation { get; init; } = RedisArgs.DefaultPasswordRotation;

    [Setting("Image of the server, Redis 7 or Valkey 7 or newer.", Absent = "docker.io/library/redis, from studios.imageRegistry where it is given")]
    public ImageReference? Image { get; init; }

    [Setting("Its pod.")]
    public PodSettings Pod { get; init; } = new();

    public override T Match<T>(IRedisKinds<T> kinds) => kinds.InCluster(this);

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        foreach (var problem in FirstDeployment.CheckRedis(this, platform, at))
        {
            yield return problem;
        }

        if (Pod.Resources.Memory is { } memory)
        {
            yield return new(
                at[nameof(Pod)][nameof(Pod.Resources)][nameof(Memory)], $"is what {at[nameof(Memory)]} says, which also bounds the data", "absent",
                $"set {at[nameof(Memory)].Text}: {memory} and remove this one", memory.Text);
        }
    }
}

/// <summary>The disk of an in-cluster Redis server.</summary>
public sealed record RedisPersistenceSettings
{
    [Setting("Size of the volume; the append-only file grows to a few times the data before it is rewritten.")]
    [Least("64Mi")]
    public Quantity Size { get; init; } = RedisArgs.DefaultStorageSize;

    [Setting("StorageClass of the volume.", Absent = "the cluster's default class", Example = "gp3")]
    [Form(Form.KubernetesSubdomain)]
    public string? StorageClassName { get; init; }
}

/// <summary>A Redis server that exists.</summary>
public sealed record ExistingRedisSettings : RedisSettings, IChecked
{
    [Setting("Where it listens.")]
    public required HostAndPort Address { get; init; }

    [Setting("Its version, for the features that need a newer one.", Absent = "taken to be 7 or newer", Example = "7.2.0")]
    public SemanticVersion? Version { get; init; }

    [Setting("ACL user.", Absent = "the server's default user", Example = "studios")]
    public string? User { get; init; }

    [Setting("Password of the user.")]
    [Secret("redisPassword", Text = SecretText.Password)]
    public SecretSetting? Password { get; init; }

    [Setting("How to speak TLS to it.", Absent = "plain TCP")]
    public RedisTlsSettings? Tls { get; init; }

    public override T Match<T>(IRedisKinds<T> kinds) => kinds.Existing(this);

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (User is not null && Password is null)
        {
            yield return new(
                at[nameof(User)], "is given without platform:redisPassword", "a user with its password, or neither",
                "pulumi config set --secret platform:redisPassword <value>, or remove user", User);
        }

        if (Version is { } version && version.Major < QuotaPolicy.OldestRedis)
        {
            yield return new(
                at[nameof(Version)],
                "is older than what Studios and its quotas ask for",
                $"{QuotaPolicy.OldestRedis}.0.0 or newer, Redis or Valkey",
                "upgrade the server",
                version.ToString());
        }
    }
}

/// <summary>TLS to a Redis server.</summary>
public sealed record RedisTlsSettings : IChecked
{
    [Setting("Accept any certificate the server shows. Only for servers whose authority the images do not know, as Memorystore's.")]
    public bool SkipVerify { get; init; }

    [Setting("Certificates in PEM of the authority that signed the server's.", Absent = "a public authority, or studios.certificateAuthority")]
    public string? CertificateAuthority { get; init; }

    [Setting("Certificate in PEM that the clients show.", Absent = "the server asks for none")]
    public string? ClientCertificate { get; init; }

    [Setting("Key in PEM of redis.existing.tls.clientCertificate.")]
    [Secret("redisClientKey")]
    public SecretSetting? ClientKey { get; init; }

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        foreach (var problem in PemCertificates.Check(CertificateAuthority, at[nameof(CertificateAuthority)])
            .Concat(PemCertificates.Check(ClientCertificate, at[nameof(ClientCertificate)])))
        {
            yield return problem;
        }

        if (SkipVerify && CertificateAuthority is not null)
        {
            yield return new(
                at[nameof(SkipVerify)], "is true beside certificateAuthority, which would never be asked", "false", "remove skipVerify", "true");
        }

        if (ClientCertificate is null != ClientKey is null)
        {
            yield return ClientKey is null
                ? new(
                    at[nameof(ClientCertificate)], "is given without platform:redisClientKey", "a certificate with its key, or neither",
                    "pulumi config set --secret platform:redisClientKey <value>, or remove clientCertificate")
                : new(
                    at[nameof(ClientCertificate)], "is missing, and platform:redisClientKey is the key of it", "a certificate with its key, or neither",
                    "add clientCertificate, or pulumi config rm platform:redisClientKey");
        }

        if (SkipVerify && platform.Production)
        {
            yield return new(
                at[nameof(SkipVerify)], "lets any host in the network pretend to be the server of a production stack", "false",
                "use a server whose certificate a public authority signed, or set production: false", "true");
        }
    }
}

/// <summary>A Redis 7.2 server on Memorystore with TLS and a password; clients get the authority of its certificate as a file.</summary>
[Needs(nameof(PlatformSettings.Gcp), nameof(PlatformSettings.Cluster))]
public sealed record MemorystoreSettings : RedisSettings, IChecked, IUsesGoogleApis
{
    [Setting("Memory in GiB. Seqera asks for 6 in production.")]
    [Range(1, 300)]
    public int MemoryGiB { get; init; } = MemorystoreRedisArgs.DefaultMemoryGiB;

    [Setting("A replica in another zone that takes over.")]
    public bool HighAvailability { get; init; } = MemorystoreRedisArgs.DefaultHighAvailability;

    public ImmutableArray<string> GoogleApis => [GcpServices.Redis];

    public override T Match<T>(IRedisKinds<T> kinds) => kinds.Memorystore(this);

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (platform.Production && !HighAvailability)
        {
            yield return new(
                at[nameof(HighAvailability)], "leaves a production stack without a server while its zone is away", "true",
                "remove highAvailability, or set production: false", "false");
        }

        foreach (var problem in ClusterRules.NeedsGke(platform, at))
        {
            yield return problem;
        }
    }
}
