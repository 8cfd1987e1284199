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

        new StatefulSet(
            name,
            new StatefulSetArgs { Metadata = Metadata(args), Spec = Spec(args, service, account, configuration, password) },
            new CustomResourceOptions { Parent = this, Protect = args.Protected });
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
            Protected = args.Protected,
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
        var policy = new NetworkPolicySpecArgs
        {
            PodSelector = new LabelSelectorArgs { MatchLabels = Pods.Selector },
            PolicyTypes = { "Ingress", "Egress" },
        };
        // A rule without peers would admit everybody; no rule admits nobody. The server itself calls nobody.
        if (!args.Clients.IsEmpty)
        {
            policy.Ingress.Add(NetworkRules.From(args.Clients, DefaultPort));
        }

        new NetworkPolicy(
            $"{name}-policy",
            new NetworkPolicyArgs { Metadata = Metadata(args), Spec = policy },
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
