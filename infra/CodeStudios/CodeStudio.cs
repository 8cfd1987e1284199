using System.Collections.Immutable;
using Infra.Manifests;
using Infra.Namespaces;
using Infra.Storage;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.CodeStudios;

/// <summary>A Code Studio: one pod of a template for its owner, the files that it works on, and the webapp that shows them to others.</summary>
public sealed class CodeStudio : ComponentResource
{
    private const string Token = "platform:codeStudios:CodeStudio";

    /// <summary>Namespace of everything below; resolves when it exists.</summary>
    [Output("namespace")]
    public Output<string> Namespace { get; private set; }

    /// <summary>Service of the studio; resolves when it exists.</summary>
    [Output("serviceName")]
    public Output<string> ServiceName { get; private set; }

    /// <summary>The claims by the id of their zone, those that exist already among them.</summary>
    public ImmutableSortedDictionary<string, Output<string>> Claims { get; }

    public CodeStudio(string name, CodeStudioArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var below = new ComponentResourceOptions { Parent = this };
        var labels = new Labels("code-studio", "studio", args.Instance.Text);
        Namespace = args.CreatesNamespace
            ? new PlatformNamespace(
                $"{name}-namespace", new PlatformNamespaceArgs { NamespaceName = args.Namespace, Protected = args.Protected }, below).NamespaceName
            : Output.Create(args.Namespace.Text);

        var volumes = args.State.Zones.Select(zone => Volume(name, zone, args, below)).ToImmutableArray();
        Claims = volumes.ToImmutableSortedDictionary(volume => FileZones.Id(volume.Zone.Zone), volume => volume.ClaimName.ToOutput(), StringComparer.Ordinal);

        var account = new ServiceAccount(
            $"{name}-account",
            new ServiceAccountArgs
            {
                Metadata = new ObjectMetaArgs { Name = "code-studio", Namespace = Namespace, Labels = labels.All },
                AutomountServiceAccountToken = false,
            },
            new CustomResourceOptions { Parent = this });
        var patterns = StudioExclusions.Text(args.State.Exclusions);
        var exclusions = new ConfigMap(
            $"{name}-exclusions",
            new ConfigMapArgs
            {
                Metadata = new ObjectMetaArgs { Name = "exclusions", Namespace = Namespace, Labels = labels.All },
                Data = { [StudioPod.ExclusionsKey] = patterns },
            },
            new CustomResourceOptions { Parent = this });
        var pods = new StudioPods(
            args, volumes, Namespace, account.Metadata.Apply(metadata => metadata.Name), (exclusions.Metadata.Apply(metadata => metadata.Name), patterns));

        ServiceName = new StudioWorkload(
            $"{name}-studio",
            new StudioWorkloadArgs
            {
                Launch = new StudioLaunch(args.State, LaunchKind.Studio, args.BrowserPath),
                Options = args.Pod,
                Pods = pods,
                Replicas = args.Running ? 1 : 0,
            },
            below).ServiceName;
        if (args.Webapp is { } webapp)
        {
            new StudioWorkload(
                $"{name}-webapp",
                new StudioWorkloadArgs
                {
                    Launch = new StudioLaunch(args.State, LaunchKind.Webapp, webapp.BrowserPath),
                    Options = webapp.Pod,
                    Pods = pods,
                    Replicas = webapp.Replicas,
                },
                below);
        }

        if (!args.Access.IsEmpty)
        {
            new StudioAccess($"{name}-access", new StudioAccessArgs { Access = args.Access, Labels = labels.All, Namespace = Namespace }, below);
        }

        RegisterOutputs();
    }

    private ZoneVolume Volume(string name, SyncedZone zone, CodeStudioArgs args, ComponentResourceOptions below)
    {
        var given = args.Claims.GetValueOrDefault(zone.Zone) ?? args.DefaultClaim;
        if (given.Existing is { } existing)
        {
            return new ZoneVolume(zone, existing);
        }

        var word = FileZones.Id(zone.Zone).Replace('_', '-');
        var claim = args.Storage!.Claim(
            $"{name}-{word}",
            new SharedClaimArgs
            {
                ClaimName = KubernetesName.Parse(word),
                Directory = args.Directory.Length == 0 ? "" : $"{args.Directory}/{word}",
                Namespace = Namespace,
                Protected = args.Protected,
                Size = given.Size,
                SizeSetting = "claims.size",
            },
            below);
        return new ZoneVolume(zone, claim.ClaimName);
    }
}

/// <summary>Where the files of a zone lie.</summary>
/// <param name="Size">Size of the claim that is made.</param>
/// <param name="Existing">A claim of the namespace that exists; null to make one.</param>
public sealed record StudioClaim(Quantity Size, string? Existing = null);

/// <summary>A webapp of a Code Studio.</summary>
/// <param name="Replicas">Pods.</param>
/// <param name="BrowserPath">The prefix that browsers see.</param>
/// <param name="Pod">What the operator says about its pods.</param>
public sealed record StudioWebapp(int Replicas, string BrowserPath, PodOptions Pod);

/// <summary>What a Code Studio is made of.</summary>
public sealed class CodeStudioArgs : ResourceArgs
{
    public const bool DefaultCreatesNamespace = true;
    public const bool DefaultIsolated = true;

    /// <summary>What the template's blocks have made.</summary>
    public required CodeStudioState State { get; init; }

    /// <summary>The image that was built from it.</summary>
    public required ImageReference Image { get; init; }

    /// <summary>Template and Code Studio in one name, which the selectors of its pods have.</summary>
    public required KubernetesName Instance { get; init; }

    /// <summary>Its namespace; nobody else's pods belong there, since whoever may open this Code Studio may open them too.</summary>
    public required KubernetesName Namespace { get; init; }

    /// <summary>Make the namespace. Default true.</summary>
    public bool CreatesNamespace { get; init; } = DefaultCreatesNamespace;

    /// <summary>The prefix that browsers see, without a slash at the end.</summary>
    public required string BrowserPath { get; init; }

    /// <summary>Whether it runs. Default true; false keeps its files and its webapp.</summary>
    public bool Running { get; init; } = true;

    /// <summary>Its webapp; null for none.</summary>
    public StudioWebapp? Webapp { get; init; }

    /// <summary>What the operator says about the studio's pod. Default nothing.</summary>
    public PodOptions Pod { get; init; } = PodOptions.None;

    /// <summary>Further variables of studio and webapp, not secret; they may refer to <see cref="PodVariables"/>. Default none.</summary>
    public ImmutableSortedDictionary<string, string> Variables { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Who may open it. Default administrators of the cluster only.</summary>
    public StudioAccessList Access { get; init; } = StudioAccessList.Nobody;

    /// <summary>Where claims are made; null where every zone has one already.</summary>
    public ISharedStorage? Storage { get; init; }

    /// <summary>Directory of the storage below which each zone has its own; empty where every claim is a volume of its own.</summary>
    public string Directory { get; init; } = "";

    /// <summary>What a zone gets that <see cref="Claims"/> does not name.</summary>
    public required StudioClaim DefaultClaim { get; init; }

    /// <summary>Claims of single zones. Default none.</summary>
    public ImmutableSortedDictionary<FileZone, StudioClaim> Claims { get; init; } = ImmutableSortedDictionary<FileZone, StudioClaim>.Empty;

    /// <summary>Where browsers come in; null for <c>kubectl port-forward</c> only.</summary>
    public StudioEdge? Edge { get; init; }

    /// <summary>Do not wait for the address of the Ingresses. Default false.</summary>
    public bool SkipAwait { get; init; }

    /// <summary>Certificates that the edge takes by reference. Default none.</summary>
    public IReadOnlyList<Dns.Certificate> Certificates { get; init; } = [];

    /// <summary>Keep the pods from the node's credentials, and others from any port but theirs. Default true.</summary>
    public bool Isolated { get; init; } = DefaultIsolated;

    /// <summary>Whether the metadata service answers for the pod alone, as on GKE. Default false.</summary>
    public bool MetadataServiceAllowed { get; init; }

    /// <summary>Traffic that the pods may start besides. Default none.</summary>
    public ImmutableArray<FurtherEgress> FurtherEgress { get; init; } = [];

    /// <summary>Secrets with which nodes pull the image. Default none.</summary>
    public ImmutableArray<Input<string>> PullSecrets { get; init; } = [];

    /// <summary>Refuse to delete claims and namespace, and keep them when they leave the program. Default false.</summary>
    public bool Protected { get; init; }
}

/// <summary>The patterns of a template as git takes them.</summary>
public static class StudioExclusions
{
    /// <summary>The text of an excludes file of git, with the folder in which a zone remembers its starter files.</summary>
    public static string Text(IEnumerable<string> patterns) => string.Concat(patterns.Prepend("/.code-studio/").Select(pattern => $"{pattern}\n"));
}
