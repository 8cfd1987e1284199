using System.Collections.Immutable;
using Infra.Manifests;
using Infra.Namespaces;
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

/// <summary>One namespace in which Seqera Platform launches Nextflow.</summary>
public sealed record TowerEnvironmentSettings : IChecked
{
    [Setting("Namespace of head jobs and tasks.")]
    [KubernetesNamespace]
    public KubernetesName Namespace { get; init; } = KubernetesName.Parse("tower-nf");

    [Setting("ServiceAccount that head jobs run as.")]
    public KubernetesName ServiceAccount { get; init; } = KubernetesName.Parse("tower-launcher-sa");

    [Setting("Users that Seqera Platform signs in as; on GKE the e-mail address of an IAM service account.")]
    [Length(1, 253)]
    public ImmutableArray<string> Users { get; init; } = ["tower-launcher-user"];

    [Setting("Groups that Seqera Platform signs in with: those of an EKS access entry.")]
    [Length(1, 253)]
    public ImmutableArray<string> Groups { get; init; } = [];

    [Setting("Work directories in S3 on EKS, or in Cloud Storage on GKE, through Fusion.", Absent = "none")]
    public FusionSettings? Fusion { get; init; }

    [Setting("Make a token that does not expire, for a Platform that reaches a plain Kubernetes API with it. EKS and GKE sign in otherwise.")]
    public bool Token { get; init; }

    [Setting("Pod Security Standard of the namespace; Fusion needs privileged, and most pipelines run as root inside their containers.")]
    public PodSecurityLevel PodSecurity { get; init; } = PodSecurityLevel.Baseline;

    [Setting("The claim that head jobs and tasks share.", Absent = "no claim: work directories lie in object storage, through Fusion")]
    public TowerScratchSettings? Scratch { get; init; }

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (Scratch is not null && platform.Storage is null)
        {
            yield return new(
                SettingPath.Top(nameof(platform.Storage)),
                $"is missing, and {at[nameof(Scratch)]} needs it",
                "efs, filestore, nfs or another kind of storage",
                "describe platform:storage in the stack file, or remove scratch");
        }
    }
}

/// <summary>A shared work directory.</summary>
public sealed record TowerScratchSettings : IChecked
{
    [Setting("Name of the claim; it goes into the Platform's form as storage claim name.")]
    public KubernetesName ClaimName { get; init; } = KubernetesName.Parse("tower-scratch");

    [Setting("Size of the claim; elastic file systems take it as a label only.")]
    public Quantity Size { get; init; } = Quantity.Parse("10Gi");

    [Setting("Directory of the storage that becomes the root of the claim. On nfs it has to exist before the first pod mounts it.", Absent = "the name of the environment; with existingClass a fresh volume")]
    [Directory]
    public string? Directory { get; init; }

    /// <summary>The directory in effect for the environment of that name; empty where the claim is no directory of a larger storage.</summary>
    public string DirectoryOn(StorageSettings storage, string environment) => Directory ?? (storage.HasDirectories ? environment : "");

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (Directory is not null && platform.Storage?.ExistingClass is { } provisioned)
        {
            yield return new(
                at[nameof(Directory)],
                $"is given, but the class {provisioned.StorageClassName} makes an empty volume for every claim",
                "no directory",
                "remove directory",
                Directory);
        }
    }
}
