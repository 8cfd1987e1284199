using System.Collections.Immutable;
using Infra.Clusters;
using Infra.Dns;
using Stacks.Settings.Declaring;
using Stacks.Settings.Problems;
using Stacks.Settings.Rules;

namespace Stacks.Settings;

/// <summary>The compute environments of this cluster.</summary>
[Needs(nameof(PlatformSettings.Cluster))]
public sealed record TowerSettings : IChecked
{
    // An IAM role's name has 64 characters; "tower-" goes before the name, "-fusion-identity-role" and eight characters of Pulumi's behind it.
    private const int LongestNameWithRole = 28;

    [Setting("Compute environments by name; each has a namespace of its own.")]
    [KubernetesEntry]
    public required ImmutableSortedDictionary<string, TowerEnvironmentSettings> Environments { get; init; }

    [Setting("URL of the Kubernetes API server as Seqera Platform reaches it, for the form of a plain Kubernetes cluster.", Absent = "the one in platform:kubeconfig, or the one that the cloud names", Example = "https://kubernetes.example.com:6443")]
    [ApiServer]
    public WebOrigin? Server { get; init; }

    [Setting("Region of an existing EKS or GKE cluster, or zone of a zonal one, for the form of EKS or GKE.", Absent = "that of the cluster where this stack makes or finds it; otherwise the form is that of plain Kubernetes", Example = "europe-west1")]
    [Location]
    public string? Location { get; init; }

    [Setting("On EKS: with whose AWS credentials the Platform launches pipelines.", Absent = "the Platform's credentials are let in by other means")]
    public TowerEksSettings? Eks { get; init; }

    [Setting("On GKE: with whose Google Cloud credentials the Platform launches pipelines.", Absent = "the Platform's credentials are let in by other means")]
    public TowerGkeSettings? Gke { get; init; }

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        var environments = at[nameof(Environments)];
        if (Environments.IsEmpty)
        {
            yield return new(environments, "has no entry", "one entry or more", "add an environment, or remove platform:tower");
        }

        foreach (var name in Environments.Where(environment => environment.Value.Fusion is not null && environment.Key.Length > LongestNameWithRole).Select(environment => environment.Key))
        {
            yield return new(
                environments.Entry(name),
                "is too long to become part of the name of an IAM role",
                $"at most {LongestNameWithRole} characters for an environment with fusion",
                $"for example {name[..LongestNameWithRole].TrimEnd('-')}");
        }

        if (Location is not null && platform.Cluster is { Existing.Kind: ClusterKind.Kubernetes })
        {
            yield return new(
                at[nameof(Location)], "is given for a plain Kubernetes cluster, which has none", "no location, or kind: eks or gke in platform:cluster", "remove location", Location);
        }

        foreach (var (first, second) in Clashes((_, environment) => environment.Namespace.Text))
        {
            yield return new(
                environments.Entry(second)["namespace"],
                $"is the namespace of {first} as well",
                "a namespace of its own for each environment",
                $"for example namespace: {Environments[second].Namespace}-{second}",
                Environments[second].Namespace.Text);
        }

        if (platform.Storage is { HasDirectories: true } storage)
        {
            foreach (var (first, second) in Clashes((name, environment) => environment.Scratch?.DirectoryOn(storage, name)))
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
    private IEnumerable<(string First, string Second)> Clashes(Func<string, TowerEnvironmentSettings, string?> value) => Environments
        .GroupBy(environment => value(environment.Key, environment.Value), environment => environment.Key, StringComparer.Ordinal)
        .Where(group => group.Key is not null)
        .SelectMany(group => group.Skip(1).Select(second => (group.First(), second)));
}
