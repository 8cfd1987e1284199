using Infra.Storage;
using Stacks.Settings.Declaring;
using Stacks.Settings.Problems;
using Stacks.Settings.Rules;

namespace Stacks.Settings;

/// <summary>Filestore, made by this stack or by GKE for every claim.</summary>
[Needs(nameof(PlatformSettings.Gcp), nameof(PlatformSettings.Cluster))]
public sealed record FilestoreStorageSettings : IChecked
{
    [Setting("Service tier.")]
    public FilestoreTierName Tier { get; init; } = FilestoreTierName.Zonal;

    [Setting("Have GKE make an instance for every claim, of the claim's size. Otherwise this stack makes one, and every claim is the whole of it.")]
    public bool InstancePerClaim { get; init; }

    [Setting("Size of the instance in GiB.", Absent = "the smallest of the tier")]
    [Range(1, 102400)]
    public int? CapacityGiB { get; init; }

    [Setting("Zone of the instance, for tiers that stand in one.", Absent = "the zone of a zonal cluster", Example = "europe-west1-b")]
    [GcpName]
    public string? Zone { get; init; }

    [Setting("Name of the StorageClass that is made with instancePerClaim.")]
    [KubernetesSubdomain]
    public string ClassName { get; init; } = "filestore";

    public FilestoreTier Offered => Tier switch
    {
        FilestoreTierName.BasicHdd => FilestoreTier.BasicHdd,
        FilestoreTierName.BasicSsd => FilestoreTier.BasicSsd,
        FilestoreTierName.Zonal => FilestoreTier.Zonal,
        FilestoreTierName.Regional => FilestoreTier.Regional,
        _ => FilestoreTier.Enterprise,
    };

    /// <summary>Size of the one instance.</summary>
    public int Capacity => CapacityGiB ?? Offered.SmallestGiB;

    /// <summary>Where the one instance stands; null where the settings do not say.</summary>
    public string? LocationBeside(PlatformSettings platform) => Offered.IsRegional
        ? platform.Gcp?.Region.Name
        : Zone ?? platform.Cluster?.Gke?.Location?.Zone ?? platform.Cluster?.AdoptedGke?.Location?.Zone;

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at) =>
    [
        .. GkeClusterRule.Broken(platform, at) is { } problem ? [problem] : Array.Empty<SettingsProblem>(),
        .. FilestoreRules.Check(this, platform, at),
    ];
}
