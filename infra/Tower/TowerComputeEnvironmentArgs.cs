using System.Collections.Immutable;
using Infra.Manifests;
using Infra.Namespaces;
using Pulumi;

namespace Infra.Tower;

/// <summary>What a compute environment of the Platform needs on a cluster.</summary>
public sealed class TowerComputeEnvironmentArgs : ResourceArgs
{
    public static readonly KubernetesName DefaultComputeServiceAccount = KubernetesName.Parse("tower-compute-sa");
    public const bool DefaultIsolated = true;

    /// <summary>Namespace, made here; no other environment uses it. The Platform's form suggests <c>tower-nf</c>.</summary>
    public required KubernetesName Namespace { get; init; }

    /// <summary>Pod Security Standard of the namespace. Default <see cref="PodSecurityLevel.Baseline"/>: most pipelines run as root inside their containers. Fusion needs <see cref="PodSecurityLevel.Privileged"/>.</summary>
    public PodSecurityLevel PodSecurity { get; init; } = PodSecurityLevel.Baseline;

    /// <summary>Name of the launcher's Role. Default that of Seqera's manifest; another one replaces the bindings, new before old.</summary>
    public KubernetesName RoleName { get; init; } = LauncherNames.OfficialRole;

    /// <summary>Account of head jobs. Default <c>tower-launcher-sa</c>, what the Platform's form suggests.</summary>
    public KubernetesName HeadServiceAccount { get; init; } = LauncherNames.OfficialAccount;

    /// <summary>Account of tasks, without any permission on the cluster. Default <c>tower-compute-sa</c>.</summary>
    public KubernetesName ComputeServiceAccount { get; init; } = DefaultComputeServiceAccount;

    /// <summary>Annotations of both accounts: the cloud identity with which Fusion reads and writes work directories. Default none.</summary>
    public InputMap<string>? IdentityAnnotations { get; init; }

    /// <summary>Users that the Platform signs in as.</summary>
    public required ImmutableArray<Input<string>> Users { get; init; }

    /// <summary>Groups that the Platform signs in with. Default none.</summary>
    public ImmutableArray<string> Groups { get; init; } = [];

    /// <summary>Make a token for a Platform that reaches a plain Kubernetes API. Default false.</summary>
    public bool TokenEnabled { get; init; }

    /// <summary>The shared claim. Default null: work directories lie in object storage.</summary>
    public TowerScratch? Scratch { get; init; }

    /// <summary>Bound of all pods together. Default none.</summary>
    public NamespaceAmounts? Quota { get; init; }

    /// <summary>What a container asks for that does not say. Default nothing.</summary>
    public ContainerAmounts? ContainerDefaults { get; init; }

    /// <summary>What one container may ask for. Default no bound.</summary>
    public ContainerAmounts? ContainerMaximum { get; init; }

    /// <summary>Keep other pods out, and pods away from the credentials of their node. Default true; it needs a network plugin that enforces policies.</summary>
    public bool Isolated { get; init; } = DefaultIsolated;

    /// <summary>See <see cref="PipelineIsolationArgs.MetadataServiceAllowed"/>. Default false.</summary>
    public bool MetadataServiceAllowed { get; init; }

    /// <summary>Refuse to delete namespace and claim, and keep them when they leave the program. Default false.</summary>
    public bool Protected { get; init; }
}
