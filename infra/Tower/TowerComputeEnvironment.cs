using System.Collections.Immutable;
using Infra.Manifests;
using Infra.Namespaces;
using Infra.Storage;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.Tower;

/// <summary>A namespace in which Seqera Platform launches Nextflow: who launches, who runs, on which storage, within which bounds.</summary>
/// <remarks>Studios cannot run in it: they need a compute environment of another kind (Seqera docs 26.1, "Studios").</remarks>
public sealed class TowerComputeEnvironment : ComponentResource
{
    private const string Token = "platform:tower:TowerComputeEnvironment";

    /// <summary>Namespace of head jobs and tasks; resolves when it exists.</summary>
    [Output("namespace")]
    public Output<string> Namespace { get; private set; }

    /// <summary>Account of head jobs; resolves when it exists.</summary>
    [Output("headServiceAccount")]
    public Output<string> HeadServiceAccount { get; private set; }

    /// <summary>Account of tasks; resolves when it exists.</summary>
    [Output("computeServiceAccount")]
    public Output<string> ComputeServiceAccount { get; private set; }

    /// <summary>Token of the head account; null unless it was asked for.</summary>
    public LauncherToken? AccountToken { get; }

    /// <summary>The shared claim; null without one.</summary>
    public SharedClaim? Scratch { get; }

    public TowerComputeEnvironment(string name, TowerComputeEnvironmentArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var below = new ComponentResourceOptions { Parent = this };
        Namespace = args.CreatesNamespace
            ? new PlatformNamespace(
                $"{name}-namespace",
                new PlatformNamespaceArgs { NamespaceName = args.Namespace, Enforce = args.PodSecurity, Warn = args.PodSecurity, Protected = args.Protected },
                below).NamespaceName
            : Output.Create(args.Namespace.Text);

        var launcher = new TowerLauncher(
            $"{name}-launcher",
            new TowerLauncherArgs
            {
                Namespace = Namespace,
                RoleName = args.RoleName,
                ServiceAccountName = args.HeadServiceAccount,
                ServiceAccountAnnotations = args.IdentityAnnotations,
                Users = args.Users,
                Groups = args.Groups,
                TokenEnabled = args.TokenEnabled,
            },
            below);
        HeadServiceAccount = launcher.ServiceAccountName;
        AccountToken = launcher.AccountToken;
        ComputeServiceAccount = MakeComputeAccount($"{name}-compute", args).Urn.Apply(_ => args.ComputeServiceAccount.Text);

        Scratch = args.Scratch?.Storage.Claim($"{name}-scratch", Claim(args.Scratch, args), below);
        if (args.Quota is not null || args.ContainerDefaults is not null || args.ContainerMaximum is not null)
        {
            new NamespaceLimits(
                $"{name}-limits",
                new NamespaceLimitsArgs
                {
                    Namespace = Namespace,
                    Quota = args.Quota,
                    ContainerDefaults = args.ContainerDefaults,
                    ContainerMaximum = args.ContainerMaximum,
                },
                below);
        }

        if (args.Isolated)
        {
            new PipelineIsolation(
                $"{name}-isolation",
                new PipelineIsolationArgs
                {
                    Namespace = Namespace,
                    MetadataServiceAllowed = args.MetadataServiceAllowed,
                    ApiServerPorts = args.ApiServerPorts,
                    FurtherEgress = args.FurtherEgress,
                },
                below);
        }

        RegisterOutputs();
    }

    private ServiceAccount MakeComputeAccount(string name, TowerComputeEnvironmentArgs args)
    {
        var metadata = new ObjectMetaArgs
        {
            Name = args.ComputeServiceAccount.Text,
            Namespace = Namespace,
            Labels = new Labels("tower-launcher", "compute").All,
        };
        if (args.IdentityAnnotations is { } annotations)
        {
            metadata.Annotations = annotations;
        }

        // Tasks run foreign code and have no business with the Kubernetes API; a cloud identity reaches them by a token of its own.
        return new ServiceAccount(
            name, new ServiceAccountArgs { Metadata = metadata, AutomountServiceAccountToken = false }, new CustomResourceOptions { Parent = this });
    }

    private SharedClaimArgs Claim(TowerScratch scratch, TowerComputeEnvironmentArgs args) => new()
    {
        ClaimName = scratch.ClaimName,
        Namespace = Namespace,
        Size = scratch.Size,
        Directory = scratch.Directory,
        Protected = args.Protected,
    };
}

/// <summary>What a compute environment of the Platform needs on a cluster.</summary>
public sealed class TowerComputeEnvironmentArgs : ResourceArgs
{
    public static readonly KubernetesName DefaultComputeServiceAccount = KubernetesName.Parse("tower-compute-sa");
    public const bool DefaultIsolated = true;
    public const bool DefaultCreatesNamespace = true;

    /// <summary>Namespace; no other environment uses it. The Platform's form suggests <c>tower-nf</c>.</summary>
    public required KubernetesName Namespace { get; init; }

    /// <summary>Make the namespace. Default true; false where it exists and its labels are somebody else's.</summary>
    public bool CreatesNamespace { get; init; } = DefaultCreatesNamespace;

    /// <summary>
    /// Pod Security Standard of the namespace. Default <see cref="PodSecurityLevel.Baseline"/>: most pipelines run as root inside their containers. Fusion
    /// needs <see cref="PodSecurityLevel.Privileged"/>.
    /// </summary>
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

    /// <summary>
    /// Keep other pods out, and pods away from the credentials of their node. Default true; it needs a network plugin that enforces policies.
    /// </summary>
    public bool Isolated { get; init; } = DefaultIsolated;

    /// <summary>See <see cref="PipelineIsolationArgs.MetadataServiceAllowed"/>. Default false.</summary>
    public bool MetadataServiceAllowed { get; init; }

    /// <summary>See <see cref="PipelineIsolationArgs.ApiServerPorts"/>. Default none.</summary>
    public ImmutableArray<int> ApiServerPorts { get; init; } = [];

    /// <summary>See <see cref="PipelineIsolationArgs.FurtherEgress"/>. Default none.</summary>
    public ImmutableArray<FurtherEgress> FurtherEgress { get; init; } = [];

    /// <summary>Refuse to delete namespace and claim, and keep them when they leave the program. Default false.</summary>
    public bool Protected { get; init; }
}

/// <summary>The claim that head jobs and tasks share.</summary>
/// <param name="Storage">Where the files lie.</param>
/// <param name="ClaimName">Storage claim name in the Platform's form.</param>
/// <param name="Size">Capacity.</param>
/// <param name="Directory">Directory on the storage that becomes the root of the claim; empty for the storage's own root or a fresh volume.</param>
public sealed record TowerScratch(ISharedStorage Storage, KubernetesName ClaimName, Quantity Size, string Directory = "");
