using System.Collections.Immutable;
using Infra.Manifests;
using Stacks.Settings.Declaring;
using Stacks.Settings.Problems;
using Stacks.Settings.Rules;

namespace Stacks.Settings;

/// <summary>The compute environments of this cluster.</summary>
[Needs(nameof(PlatformSettings.Cluster))]
public sealed record TowerSettings : IChecked
{
    [Setting("Compute environments by name; each has a namespace of its own.")]
    [KubernetesEntry]
    public required ImmutableSortedDictionary<string, TowerEnvironmentSettings> Environments { get; init; }

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        var environments = at[nameof(Environments)];
        if (Environments.IsEmpty)
        {
            yield return new(environments, "has no entry", "one entry or more", "add an environment, or remove platform:tower");
        }

        foreach (var shared in Environments.GroupBy(environment => environment.Value.Namespace.Text).Where(group => group.Count() > 1))
        {
            var names = shared.Select(environment => environment.Key).ToImmutableArray();
            yield return new(
                environments.Entry(names[1])["namespace"],
                $"is the namespace of {string.Join(" and ", names)}",
                "a namespace of its own for each environment",
                $"for example namespace: {shared.Key}-{names[1]}",
                shared.Key);
        }
    }
}

/// <summary>One namespace in which Seqera Platform launches Nextflow.</summary>
public sealed record TowerEnvironmentSettings : IChecked
{
    [Setting("Namespace of head jobs and tasks.")]
    [KubernetesNamespace]
    public KubernetesName Namespace { get; init; } = KubernetesName.Parse("tower-nf");

    [Setting("ServiceAccount that head jobs run as.")]
    public KubernetesName ServiceAccount { get; init; } = KubernetesName.Parse("tower-launcher-sa");

    [Setting("Kubernetes user that Seqera Platform signs in as, where the cloud maps an identity to a user.")]
    [Length(1, 253)]
    public string User { get; init; } = "tower-launcher-user";

    [Setting("Make a long-lived token for the ServiceAccount, for Platform credentials of the kind Kubernetes. EKS and GKE credentials need none.")]
    public bool Token { get; init; }

    [Setting("The claim that head jobs and tasks share.", Absent = "no claim: work directories lie in object storage, through Fusion")]
    public TowerScratchSettings? Scratch { get; init; }

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (Scratch is not null && platform.Storage is null)
        {
            yield return new(
                SettingPath.Top(nameof(platform.Storage)),
                $"is missing, and {at[nameof(Scratch)]} needs it",
                "nfs, existingClass or hostPath",
                "describe platform:storage in the stack file, or remove scratch");
        }
    }
}

/// <summary>A shared work directory.</summary>
public sealed record TowerScratchSettings
{
    [Setting("Name of the claim; it goes into the Platform's form as storage claim name.")]
    public KubernetesName ClaimName { get; init; } = KubernetesName.Parse("tower-scratch");

    [Setting("Size of the claim; elastic file systems take it as a label only.")]
    public Quantity Size { get; init; } = Quantity.Parse("10Gi");
}
