using System.Collections.Immutable;
using Infra.Manifests;
using Infra.Secrets;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.Cache;

/// <summary>The pod of the in-cluster Redis.</summary>
internal static class RedisPod
{
    public const string DataVolume = "data";

    private const string ConfigurationVolume = "configuration";
    private const string SecretVolume = "secret";
    private const string TemporaryVolume = "tmp";

    // Files of a Secret that the user of the image may read and nobody may write (0440; root owns them, the group is fsGroup).
    private const int SecretFileMode = 288;

    public static PodTemplateSpecArgs Template(RedisArgs args, Labels labels, Input<string> account, Output<string> configuration, SecretKeyRef password)
    {
        var spec = Spec(args, account, configuration, password);
        PullSecrets.Add(spec, args.PullSecrets);
        return args.Pod.Template(Metadata(labels, configuration, password), spec, ImmutableDictionary<string, string>.Empty);
    }

    private static ObjectMetaArgs Metadata(Labels labels, Output<string> configuration, SecretKeyRef password) => new()
    {
        Labels = labels.All,
        Annotations =
        {
            [ConfigHash.Annotation] = Output.Tuple(configuration, password.Version)
                .Apply(read => ConfigHash.Compute([new("configuration", read.Item1), new("password", read.Item2)])),
        },
    };

    private static PodSpecArgs Spec(RedisArgs args, Input<string> account, Output<string> configuration, SecretKeyRef password) => new()
    {
        AutomountServiceAccountToken = false,
        Containers = { Container(args) },
        EnableServiceLinks = false,
        SecurityContext = RestrictedSecurity.Pod(UserId(args)),
        ServiceAccountName = account,
        Volumes =
        {
            new VolumeArgs { Name = ConfigurationVolume, ConfigMap = new ConfigMapVolumeSourceArgs { Name = configuration } },
            new VolumeArgs { Name = SecretVolume, Secret = new SecretVolumeSourceArgs { SecretName = password.SecretName, DefaultMode = SecretFileMode } },
            new VolumeArgs { Name = TemporaryVolume, EmptyDir = new EmptyDirVolumeSourceArgs { SizeLimit = "16Mi" } },
        },
    };

    private static int? UserId(RedisArgs args) => args.ClusterChoosesUser ? null : RedisImage.UserId;

    private static ContainerArgs Container(RedisArgs args) => new()
    {
        Name = "redis",
        Image = args.Image.From(args.Registry).ToString(),
        ImagePullPolicy = "IfNotPresent",
        // The image's own entrypoint only changes owner and user, which the security context has settled.
        Command = { "redis-server", $"{RedisConfiguration.Folder}/{RedisConfiguration.FileName}" },
        Ports = { new ContainerPortArgs { Name = "redis", ContainerPortValue = Redis.DefaultPort, Protocol = "TCP" } },
        // A server that is still reading its file answers on the port but not with PONG: alive, not ready.
        LivenessProbe = new ProbeArgs
        {
            TcpSocket = new TCPSocketActionArgs { Port = Redis.DefaultPort },
            InitialDelaySeconds = 15,
            PeriodSeconds = 20,
            FailureThreshold = 5,
        },
        ReadinessProbe = new ProbeArgs
        {
            Exec = new ExecActionArgs
            {
                Command = { "sh", "-c", $"REDISCLI_AUTH=\"$(cat {RedisConfiguration.SecretFolder}/{Redis.PasswordKey})\" redis-cli ping | grep -q PONG" },
            },
            PeriodSeconds = 10,
            TimeoutSeconds = 5,
            FailureThreshold = 3,
        },
        Resources = new ResourceAmounts(Quantity.Parse("100m"), args.Memory, Quantity.Parse("64Mi")).With(args.Pod.Size).ToRequirements(),
        SecurityContext = RestrictedSecurity.Container(UserId(args), readOnlyRootFilesystem: true),
        VolumeMounts =
        {
            new VolumeMountArgs { Name = DataVolume, MountPath = RedisConfiguration.DataFolder },
            new VolumeMountArgs { Name = ConfigurationVolume, MountPath = RedisConfiguration.Folder, ReadOnly = true },
            new VolumeMountArgs { Name = SecretVolume, MountPath = RedisConfiguration.SecretFolder, ReadOnly = true },
            new VolumeMountArgs { Name = TemporaryVolume, MountPath = "/tmp" },
        },
    };
}

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
