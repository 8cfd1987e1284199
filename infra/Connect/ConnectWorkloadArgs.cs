using System.Collections.Immutable;
using Infra.Manifests;
using Infra.Versions;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;
using Pulumi.Kubernetes.Types.Inputs.Policy.V1;

namespace Infra.Connect;

/// <summary>What proxy and server have in common; give both the same object.</summary>
public sealed class ConnectWorkloadArgs : ResourceArgs
{
    public const ConnectLogLevel DefaultLogLevel = ConnectLogLevel.Info;
    public const bool DefaultNetworkPoliciesEnabled = true;

    /// <summary>Namespace of both, and of the Platform: they share Secrets and short host names.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>The Redis connection.</summary>
    public required RedisConnection Redis { get; init; }

    /// <summary>How this version is run. Default that of <see cref="ConnectImages"/>.</summary>
    public ConnectProfile Profile { get; init; } = ConnectImages.Profile;

    /// <summary>How much both say. Default <see cref="ConnectLogLevel.Info"/>.</summary>
    public ConnectLogLevel LogLevel { get; init; } = DefaultLogLevel;

    /// <summary>Mirror to take the images from: a host, optionally with a path. Default: the vendor's registry.</summary>
    public string? Registry { get; init; }

    /// <summary>Names of image pull Secrets in the namespace; the vendor's registry needs one. Default none.</summary>
    public ImmutableArray<Input<string>> PullSecrets { get; init; } = [];

    /// <summary>A private authority that signed the certificate of the Platform or of others. Default none.</summary>
    public TrustedAuthority? Authority { get; init; }

    /// <summary>The port of metrics, readiness and shutdown. Default none.</summary>
    public ManagementPort? Management { get; init; }

    /// <summary>Node labels that pods need besides <c>kubernetes.io/arch: amd64</c>. Default none.</summary>
    public ImmutableDictionary<string, string> NodeSelector { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Let the cluster choose user and group instead of 65532, as OpenShift's <c>restricted-v2</c> demands. Default false.</summary>
    public bool ClusterChoosesUser { get; init; }

    /// <summary>Make the containers' root file system read-only. Default false, as in Seqera's manifests.</summary>
    public bool ReadOnlyRootFilesystem { get; init; }

    /// <summary>Restrict who may talk to the pods and whom they may talk to. Default true.</summary>
    public bool NetworkPoliciesEnabled { get; init; } = DefaultNetworkPoliciesEnabled;

    /// <summary>Traffic that the pods may start besides what Connect needs. Default none.</summary>
    public ImmutableArray<FurtherEgress> FurtherEgress { get; init; } = [];
}

/// <summary>The values of <c>CONNECT_LOG_LEVEL</c>.</summary>
public enum ConnectLogLevel
{
    Trace,
    Debug,
    Info,
    Warn,
    Error,
    Fatal,
}

/// <summary>What proxy and server refuse alike, and how many of their pods may be missing at once.</summary>
internal static class ConnectGuards
{
    public static void Replicas(int replicas, string workload, Resource resource)
    {
        if (replicas < 1)
        {
            throw new ResourceException($"{workload} would have {replicas} pods: it must have at least 1.", resource, hideStack: true);
        }
    }

    public static void ExtraEnvironment(ImmutableArray<string> extra, string workload, Resource resource)
    {
        var reserved = ConnectEnvironment.Reserved(extra);
        if (!reserved.IsEmpty)
        {
            throw new ResourceException(
                $"Extra environment of {workload} sets {string.Join(", ", reserved)}: the platform sets these itself, change the setting behind them.",
                resource,
                hideStack: true);
        }
    }

    /// <summary>Who may ask for metrics; nobody without a management port.</summary>
    public static ImmutableArray<NetworkPolicyIngressRuleArgs> ManagementIngress(ConnectWorkloadArgs workload) =>
        workload.Management is { } management ? [NetworkRules.FromNamespace(management.Namespace, management.Port)] : [];

    /// <summary>Declares the management port; without one it does nothing.</summary>
    public static void Declare(ConnectWorkloadArgs workload, ContainerArgs container)
    {
        if (workload.Management is { } management)
        {
            container.Ports.Add(new ContainerPortArgs { Name = ConnectMetrics.PortName, ContainerPortValue = management.Port, Protocol = "TCP" });
        }
    }

    /// <summary>What both start: names, Redis, the forward proxy that their variables name, and what the operator allows.</summary>
    public static ImmutableArray<NetworkPolicyEgressRuleArgs> Egress(ConnectWorkloadArgs workload, ImmutableDictionary<string, string> environment) =>
    [
        NetworkRules.ToDns(),
        NetworkRules.ToRedis(workload.Redis.Pods, workload.Redis.Port),
        .. NetworkRules.ToProxies(environment),
        .. NetworkRules.ToFurther(workload.FurtherEgress),
    ];

    /// <summary>One pod at a time may be drained; one that never became ready does not hold up a drain.</summary>
    public static PodDisruptionBudgetSpecArgs Budget(Labels labels) => new()
    {
        MaxUnavailable = 1,
        Selector = new LabelSelectorArgs { MatchLabels = labels.Selector },
        UnhealthyPodEvictionPolicy = "AlwaysAllow",
    };
}
