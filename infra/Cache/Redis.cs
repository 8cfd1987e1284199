using System.Collections.Immutable;
using Infra.Manifests;
using Infra.Secrets;
using Pulumi;
using Pulumi.Kubernetes.Apps.V1;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Networking.V1;
using Pulumi.Kubernetes.Policy.V1;
using Pulumi.Kubernetes.Types.Inputs.Apps.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;
using Pulumi.Kubernetes.Types.Inputs.Policy.V1;

namespace Infra.Cache;

/// <summary>A Redis server with one replica and a volume, reachable by named clients inside its namespace only.</summary>
public sealed class Redis : ComponentResource, IRedis, IRedisPods
{
    /// <summary>The port registered for Redis.</summary>
    public const int DefaultPort = 6379;

    /// <summary>Key of the password inside the Secret.</summary>
    public const string PasswordKey = "password";

    private const string Token = "platform:cache:Redis";

    /// <summary>Name of the Service with its namespace; resolves when the Service exists.</summary>
    [Output("host")]
    public Output<string> Host { get; private set; }

    /// <summary>Always <see cref="DefaultPort"/>.</summary>
    [Output("port")]
    public Output<int> Port { get; private set; }

    /// <summary>Name of the StatefulSet; a plan that would give the data another one is refused.</summary>
    [Output("statefulSet")]
    public Output<string> StatefulSet { get; private set; }

    /// <summary>Size of the disk; a plan that would change it is refused.</summary>
    [Output("disk")]
    public Output<string> Disk { get; private set; }

    public string? User => null;
    public SecretKeyRef? Password { get; }
    public RedisTls? Tls => null;

    public Labels Pods { get; } = new("redis", "cache");

    public Redis(string name, RedisArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var password = MakePassword(name, args);
        var configuration = new ConfigMap(
            $"{name}-configuration",
            new ConfigMapArgs
            {
                Metadata = new ObjectMetaArgs { Namespace = args.Namespace, Labels = Pods.All },
                Data = { [RedisConfiguration.FileName] = RedisConfiguration.Text(args.Memory) },
                Immutable = true,
            },
            new CustomResourceOptions { Parent = this });
        var account = new ServiceAccount(
            $"{name}-account",
            new ServiceAccountArgs { Metadata = Metadata(args), AutomountServiceAccountToken = false },
            new CustomResourceOptions { Parent = this });
        var service = new Service(
            $"{name}-service",
            new ServiceArgs
            {
                Metadata = Metadata(args),
                Spec = new ServiceSpecArgs
                {
                    // Headless: there is one pod, and a StatefulSet wants its own name to resolve.
                    ClusterIP = "None",
                    Ports = { new ServicePortArgs { Name = "redis", Port = DefaultPort, TargetPort = "redis", Protocol = "TCP" } },
                    Selector = Pods.Selector,
                },
            },
            new CustomResourceOptions { Parent = this });

        var server = new StatefulSet(
            name,
            new StatefulSetArgs { Metadata = Metadata(args), Spec = Spec(args, service, account, configuration, password) },
            new CustomResourceOptions { Parent = this, Protect = args.Protected, IgnoreChanges = RedisData.Kept });
        StatefulSet = Output.Tuple(server.Metadata, args.Namespace.ToOutput()).Apply(made => RedisData.RequireName(made.Item1, args.ServiceName, made.Item2));
        Disk = Output.Tuple(server.Spec, StatefulSet, args.Namespace.ToOutput())
            .Apply(made => RedisData.RequireDisk(made.Item1, args, made.Item3, made.Item2));
        MakeGuards(name, args);

        Host = service.Metadata.Apply(metadata => $"{metadata.Name}.{metadata.Namespace}.svc");
        Port = Output.Create(DefaultPort);
        Password = password;
        RegisterOutputs();
    }

    private SecretKeyRef MakePassword(string name, RedisArgs args) => new TrackedSecret(
        $"{name}-password",
        new TrackedSecretArgs
        {
            Namespace = args.Namespace,
            Key = PasswordKey,
            Rotation = args.PasswordRotation,
            Renderings = TrackedSecretArgs.NoRenderings.Add(RedisConfiguration.AuthenticationFileName, RedisConfiguration.Authentication),
        },
        new ComponentResourceOptions { Parent = this }).Reference;

    private ObjectMetaArgs Metadata(RedisArgs args) => new() { Name = args.ServiceName.Text, Namespace = args.Namespace, Labels = Pods.All };

    private StatefulSetSpecArgs Spec(RedisArgs args, Service service, ServiceAccount account, ConfigMap configuration, SecretKeyRef password)
    {
        var claim = new PersistentVolumeClaimSpecArgs
        {
            AccessModes = { "ReadWriteOnce" },
            Resources = new VolumeResourceRequirementsArgs { Requests = { ["storage"] = args.StorageSize.Text } },
        };
        if (args.StorageClassName is { } storageClass)
        {
            claim.StorageClassName = storageClass;
        }

        return new StatefulSetSpecArgs
        {
            PersistentVolumeClaimRetentionPolicy = new StatefulSetPersistentVolumeClaimRetentionPolicyArgs
            {
                WhenDeleted = args.Protected ? "Retain" : "Delete",
                WhenScaled = "Retain",
            },
            Replicas = 1,
            Selector = new LabelSelectorArgs { MatchLabels = Pods.Selector },
            ServiceName = service.Metadata.Apply(metadata => metadata.Name),
            Template = RedisPod.Template(
                args, Pods, account.Metadata.Apply(metadata => metadata.Name), configuration.Metadata.Apply(metadata => metadata.Name), password),
            VolumeClaimTemplates =
            {
                new PersistentVolumeClaimArgs { Metadata = new ObjectMetaArgs { Name = RedisPod.DataVolume, Labels = Pods.Selector }, Spec = claim },
            },
        };
    }

    private void MakeGuards(string name, RedisArgs args)
    {
        // A rule without peers would admit all pods; without a rule there is no access. The server itself opens no connections.
        var traffic = new PodTraffic(Pods, args.Clients.IsEmpty ? [] : [NetworkRules.From([.. args.Clients], DefaultPort)], []);
        new NetworkPolicy(
            $"{name}-policy",
            new NetworkPolicyArgs { Metadata = Metadata(args), Spec = traffic.ToSpec() },
            new CustomResourceOptions { Parent = this });
        new PodDisruptionBudget(
            $"{name}-budget",
            new PodDisruptionBudgetArgs
            {
                Metadata = Metadata(args),
                Spec = new PodDisruptionBudgetSpecArgs
                {
                    // One, not zero: a drained node must not wait for a server that has only one replica.
                    MaxUnavailable = 1,
                    Selector = new LabelSelectorArgs { MatchLabels = Pods.Selector },
                },
            },
            new CustomResourceOptions { Parent = this });
    }
}

/// <summary>Size, place and clients of the in-cluster Redis.</summary>
public sealed class RedisArgs : ResourceArgs
{
    public static readonly Quantity DefaultMemory = Quantity.Parse("512Mi");
    public static readonly Quantity DefaultStorageSize = Quantity.Parse("8Gi");
    public static readonly KubernetesName DefaultName = KubernetesName.Parse("connect-redis");
    public const int DefaultPasswordRotation = 1;

    /// <summary>Namespace of the server and of its clients.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>Labels of the pods that may connect; all others are refused. An empty list admits none.</summary>
    public required ImmutableArray<Labels> Clients { get; init; }

    /// <summary>
    /// Physical name of Service, StatefulSet and account, and the host name clients use. Default <c>connect-redis</c>: in the Platform's namespace the vendor's
    /// guides put a server of its own under the name <c>redis</c>.
    /// </summary>
    public KubernetesName ServiceName { get; init; } = DefaultName;

    /// <summary>Image. Default <see cref="RedisImage.Default"/>.</summary>
    public ImageReference Image { get; init; } = RedisImage.Default;

    /// <summary>Mirror to take the image from: a host, optionally with a path. Default: the registry of <see cref="Image"/>.</summary>
    public string? Registry { get; init; }

    /// <summary>Names of image pull Secrets in the namespace. Default none.</summary>
    public ImmutableArray<Input<string>> PullSecrets { get; init; } = [];

    /// <summary>What the operator says about the pod; its memory is that of <see cref="Memory"/>. Default nothing.</summary>
    public PodOptions Pod { get; init; } = PodOptions.None;

    /// <summary>Let the cluster choose user and group instead of 999, as OpenShift's <c>restricted-v2</c> demands. Default false.</summary>
    public bool ClusterChoosesUser { get; init; }

    /// <summary>Memory of the container, of which 70 % is for data. Default 512Mi; Seqera's figure for a shared production server is 6Gi.</summary>
    public Quantity Memory { get; init; } = DefaultMemory;

    /// <summary>Size of the volume. Default 8Gi; an append-only file grows to a few times the data before it is rewritten.</summary>
    public Quantity StorageSize { get; init; } = DefaultStorageSize;

    /// <summary>StorageClass of the volume, <c>ReadWriteOnce</c>. Default: the cluster's default class.</summary>
    public string? StorageClassName { get; init; }

    /// <summary>Changing the number makes a new password and restarts server and clients. Default 1.</summary>
    public int PasswordRotation { get; init; } = DefaultPasswordRotation;

    /// <summary>Refuse to delete the server, and keep its volume should it go. Default false.</summary>
    public bool Protected { get; init; }
}

/// <summary>The image of the in-cluster Redis.</summary>
public static class RedisImage
{
    /// <summary>
    /// The newest patch of 7.4, the newest line that Seqera Platform 26.1 supports (release dates: endoflife.date, 22 August 2026).
    /// The upstream image; public Bitnami images were withdrawn in 2025.
    /// </summary>
    public static readonly ImageReference Default = new("docker.io", "library/redis", "7.4.11");

    /// <summary>User and group <c>redis</c> of the image.</summary>
    public const int UserId = 999;
}
