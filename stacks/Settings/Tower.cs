using System.Collections.Immutable;
using Infra.Accounts;
using Infra.Clusters;
using Infra.Dns;
using Infra.Iam;
using Infra.Tower;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>The compute environments of this cluster.</summary>
[Needs(nameof(PlatformSettings.Cluster))]
public sealed record TowerSettings : IChecked
{
    // An IAM role's name has 64 characters; "tower-" goes before the name, "-fusion-identity-role" and eight characters of Pulumi's behind it.
    private const int LongestNameWithRole = 28;

    [Setting("Compute environments by name; each has a namespace of its own.")]
    [Entry(Form.KubernetesEntry)]
    [Fewest(1)]
    public required ImmutableSortedDictionary<string, TowerEnvironmentSettings> Environments { get; init; }

    [Setting(
        "URL of the Kubernetes API server as Seqera Platform reaches it, for the form of a plain Kubernetes cluster.",
        Absent = "the one in platform:kubeconfig, or the one that the cloud names",
        Example = "https://kubernetes.example.com:6443")]
    [Form(Form.ApiServer)]
    public WebOrigin? Server { get; init; }

    [Setting(
        "Region of an existing EKS or GKE cluster, or zone of a zonal one, for the form of EKS or GKE.",
        Absent = "that of the cluster where this stack makes or finds it; otherwise the form is that of plain Kubernetes",
        Example = "europe-west1")]
    [Form(Form.Location)]
    public string? Location { get; init; }

    [Setting(
        "Name of an existing EKS or GKE cluster as its cloud lists it, for the form of EKS or GKE.",
        Absent = "taken from platform:cluster.existing, where its name is one or its context holds one as aws and gcloud write them",
        Example = "research")]
    [Form(Form.EksClusterName)]
    public string? ClusterName { get; init; }

    [Setting("On EKS: with whose AWS credentials the Platform launches pipelines.", Absent = "the Platform's credentials get access by other means")]
    public TowerEksSettings? Eks { get; init; }

    [Setting("On GKE: with whose Google Cloud credentials the Platform launches pipelines.", Absent = "the Platform's credentials get access by other means")]
    public TowerGkeSettings? Gke { get; init; }

    /// <summary>The name of an existing cluster in its cloud; null where nothing in the stack file says it.</summary>
    public string? NameOf(ExistingClusterSettings cluster) => ClusterName ?? cluster.CloudIdentity?.Name ?? (cluster.Name is { } name
        ? NamedForms.For(cluster.Kind is ClusterKind.Gke ? Form.GkeClusterName : Form.EksClusterName).Parse(name) as string
        : null);

    /// <summary>Where the scratch of an environment stands in the stack file, for rules of the storage under it.</summary>
    internal static SettingPath ScratchOf(string environment) =>
        SettingPath.Top(nameof(PlatformSettings.Tower))[nameof(Environments)].Entry(environment)[nameof(TowerEnvironmentSettings.Scratch)];

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        var environments = at[nameof(Environments)];
        if (Environments.IsEmpty)
        {
            yield return new(environments, "has no entry", "one entry or more", "add an environment, or remove platform:tower");
        }

        foreach (var (name, _) in Environments.Where(environment => environment.Value.Fusion is not null && environment.Key.Length > LongestNameWithRole))
        {
            yield return new(
                environments.Entry(name),
                "is too long to become part of the name of an IAM role",
                $"at most {LongestNameWithRole} characters for an environment with fusion",
                $"for example {name[..LongestNameWithRole].TrimEnd('-')}");
        }

        if (Location is not null && platform.Cluster is ExistingClusterSettings { Kind: ClusterKind.Kubernetes })
        {
            yield return new(
                at[nameof(Location)], "is given for a plain Kubernetes cluster, which has none", "no location, or kind: eks or gke in platform:cluster",
                "remove location", Location);
        }

        foreach (var (first, second) in Clashes((_, environment) => environment.Namespace.Text))
        {
            yield return new(
                environments.Entry(second)["namespace"], $"is the namespace of {first} as well", "a namespace of its own for each environment",
                $"for example namespace: {Environments[second].Namespace}-{second}", Environments[second].Namespace.Text);
        }

        foreach (var (first, second) in Clashes((_, environment) => environment.Scratch?.Volume?.Name))
        {
            yield return new(
                environments.Entry(second)["scratch"]["volume"]["name"], $"is the volume of {first} as well, and one claim binds a volume",
                "a volume of its own for each environment", "make a second PersistentVolume of the same share, or remove scratch of one of them",
                Environments[second].Scratch!.Volume!.Name);
        }

        if (platform.Storage is { HasDirectories: true } storage)
        {
            foreach (
                var (first, second) in Clashes(
                    (name, environment) => environment.Scratch is { Volume: null } scratch ? scratch.DirectoryOn(storage, name) : null))
            {
                yield return new(
                    environments.Entry(second)["scratch"]["directory"],
                    $"is the directory of {first} as well, so each sees the other's files",
                    "a directory of its own for each environment",
                    $"for example directory: {first}-{second}",
                    Environments[second].Scratch!.DirectoryOn(storage, second));
            }
        }
    }

    // The first entry with a value, and each later one that has the same.
    private IEnumerable<Clash> Clashes(Func<string, TowerEnvironmentSettings, string?> value) => Environments.Keys
        .GroupBy(name => value(name, Environments[name]), StringComparer.Ordinal)
        .Where(group => group.Key is not null)
        .SelectMany(group => group.Skip(1).Select(second => new Clash(group.First(), second)));

    private sealed record Clash(string First, string Second);
}

/// <summary>How the Platform's AWS credentials launch pipelines on an EKS cluster.</summary>
[Needs(nameof(PlatformSettings.Aws))]
public sealed record TowerEksSettings : IChecked
{
    [Setting("IAM user or role of the Platform's credentials.", Example = "arn:aws:iam::123456789012:user/seqera-platform")]
    public required IamPrincipal Principal { get; init; }

    [Setting(
        "Make a role that the principal assumes with this external id; the Platform shows the id in its credentials form.",
        Absent = "the principal is admitted itself",
        Example = "seqera-4f2a")]
    [Length(2, 1224)]
    public string? ExternalId { get; init; }

    [Setting("Give the principal the permissions that the Platform needs. False where IAM belongs to others.")]
    public bool GrantPermissions { get; init; } = EksLauncherAccessArgs.DefaultGrantPermissions;

    [Setting(
        "How the cluster learns who the principal is: accessEntry, awsAuth, or both during a move from the config map to access entries.",
        Absent = "accessEntry; awsAuth where authenticationMode is configMap",
        Example = "[accessEntry, awsAuth]")]
    public ImmutableArray<EksAccessMethod> Access { get; init; } = [];

    /// <summary>How a cluster learns it in effect.</summary>
    public ImmutableArray<EksAccessMethod> AccessTo(ClusterSettings? cluster) => Access switch
    {
        { IsEmpty: false } => Access,
        _ when cluster is AnyEksSettings { Authentication: EksAuthenticationMode.ConfigMap } => [EksAccessMethod.AwsAuth],
        _ => [EksAccessMethod.AccessEntry],
    };

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (platform.Cluster is not null and not AnyEksSettings)
        {
            yield return new(
                at,
                "is given for a cluster that is not described as EKS",
                "a cluster of the kind eks or adoptedEks",
                "describe the cluster as adoptedEks, or remove eks");
        }

        if (platform.Cluster is AnyEksSettings cluster && Refused(cluster.Authentication) is { } refused)
        {
            yield return new(
                at[nameof(Access)], refused.What, refused.Allowed, $"access: [{refused.Allowed}]",
                $"[{string.Join(", ", Access.Select(way => SettingPath.KeyFor($"{way}")))}]");
        }

        if (platform.Cluster is EksClusterSettings made && made.Administrators.Contains(Principal) && ExternalId is null)
        {
            yield return new(
                at[nameof(Principal)], "administers the cluster already, and a principal has one access entry",
                "a principal of its own, or one that assumes a role", "give the Platform its own IAM user, or set externalId", Principal.Arn);
        }
    }

    private (string What, string Allowed)? Refused(EksAuthenticationMode mode) => mode switch
    {
        EksAuthenticationMode.Api when Access.Contains(EksAccessMethod.AwsAuth) =>
            ("names awsAuth, and the cluster reads access entries only", "accessEntry"),
        EksAuthenticationMode.ConfigMap when Access.Contains(EksAccessMethod.AccessEntry) =>
            ("names accessEntry, and the cluster reads aws-auth only", "awsAuth"),
        _ => null,
    };
}

/// <summary>How the Platform's Google Cloud credentials launch pipelines on a GKE cluster.</summary>
[Needs(nameof(PlatformSettings.Gcp))]
public sealed record TowerGkeSettings : IChecked
{
    [Setting("IAM service account whose key the Platform's credentials hold.")]
    public required ServiceAccountEmail ServiceAccount { get; init; }

    [Setting("Let the account find clusters and sign in to them (roles/container.clusterViewer). False where IAM belongs to others.")]
    public bool GrantPermissions { get; init; } = GkeLauncherAccessArgs.DefaultGrantPermissions;

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at) => ClusterRules.NeedsGke(platform, at);
}
