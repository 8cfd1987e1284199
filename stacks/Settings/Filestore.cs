using System.Collections.Immutable;
using Infra.Accounts;
using Infra.Storage;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>Filestore, made by this stack or by GKE for every claim.</summary>
[Needs(nameof(PlatformSettings.Gcp), nameof(PlatformSettings.Cluster))]
public sealed record FilestoreStorageSettings : StorageSettings, IChecked, IUsesGoogleApis
{
    [Setting("Service tier.")]
    public FilestoreTierName Tier { get; init; } = FilestoreTierName.Zonal;

    [Setting("Have GKE make an instance for every claim, of the claim's size. Otherwise this stack makes one, and every claim is the whole of it.")]
    public bool InstancePerClaim { get; init; }

    [Setting("Size of the instance in GiB.", Absent = "the smallest of the tier")]
    [Range(1, 102400)]
    public int? CapacityGiB { get; init; }

    [Setting("Zone of the instance, for tiers that stand in one.", Absent = "the zone of a zonal cluster", Example = "europe-west1-b")]
    [Form(Form.GcpName)]
    public string? Zone { get; init; }

    [Setting("Name of the StorageClass that is made with instancePerClaim.")]
    [Form(Form.KubernetesSubdomain)]
    public string ClassName { get; init; } = "filestore";

    public FilestoreTier Offered => Tier switch
    {
        FilestoreTierName.BasicHdd => FilestoreTier.BasicHdd,
        FilestoreTierName.BasicSsd => FilestoreTier.BasicSsd,
        FilestoreTierName.Zonal => FilestoreTier.Zonal,
        FilestoreTierName.Regional => FilestoreTier.Regional,
        _ => FilestoreTier.Enterprise,
    };

    public ImmutableArray<string> GoogleApis => [GcpServices.Filestore];

    /// <summary>Size of the one instance.</summary>
    public int Capacity => CapacityGiB ?? Offered.SmallestGiB;

    /// <summary>Where the one instance stands; null where the settings do not say.</summary>
    public string? LocationBeside(PlatformSettings platform) => Offered.IsRegional
        ? platform.Gcp?.Region.Name
        : Zone ?? (platform.Cluster as AnyGkeSettings)?.Location?.Zone;

    public override T Match<T>(IStorageKinds<T> kinds) => kinds.Filestore(this);

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at) =>
    [
        .. ClusterRules.NeedsGke(platform, at),
        .. FilestoreRules.Check(this, platform, at),
    ];
}

/// <summary>Service tiers of Filestore, in Google's words.</summary>
public enum FilestoreTierName
{
    /// <summary>Disks, in one zone.</summary>
    BasicHdd,

    /// <summary>Solid state, in one zone.</summary>
    BasicSsd,

    /// <summary>Grows and shrinks, in one zone.</summary>
    Zonal,

    /// <summary>As zonal, replicated over the zones of a region.</summary>
    Regional,

    /// <summary>The older regional tier.</summary>
    Enterprise,
}

/// <summary>Which sizes and places Filestore has for a tier.</summary>
internal static class FilestoreRules
{
    public static IEnumerable<SettingsProblem> Check(FilestoreStorageSettings settings, PlatformSettings platform, SettingPath at) =>
        [.. CheckPlace(settings, platform, at), .. settings.InstancePerClaim ? CheckClaims(settings, platform, at) : CheckInstance(settings, platform, at)];

    private static string Key(FilestoreTierName tier) => SettingPath.KeyFor($"{tier}");

    private static IEnumerable<SettingsProblem> CheckPlace(FilestoreStorageSettings settings, PlatformSettings platform, SettingPath at)
    {
        var location = (platform.Cluster as AnyGkeSettings)?.Location;
        if (settings.Offered.IsRegional && location is { IsZonal: true })
        {
            yield return new(
                at[nameof(settings.Tier)],
                $"is for regional clusters only, and the cluster stands in one zone, {location}",
                $"{Key(FilestoreTierName.BasicHdd)}, {Key(FilestoreTierName.BasicSsd)} or {Key(FilestoreTierName.Zonal)}",
                "tier: zonal, or a region as the location of the cluster",
                Key(settings.Tier));
        }

        var takesZone = !settings.Offered.IsRegional && !settings.InstancePerClaim;
        if (settings.Zone is { } zone && platform.Gcp is { } gcp && (!takesZone || !gcp.Region.HasZone(zone)))
        {
            yield return new(
                at[nameof(settings.Zone)], takesZone ? $"is no zone of {gcp.Region}" : "is given, and the tier or GKE decides where instances stand",
                takesZone ? $"a zone of {gcp.Region}, as {gcp.Region}-b" : "no zone", takesZone ? $"zone: {gcp.Region}-b" : "remove zone", zone);
        }
    }

    private static IEnumerable<SettingsProblem> CheckInstance(FilestoreStorageSettings settings, PlatformSettings platform, SettingPath at)
    {
        if (!settings.Offered.Offers(settings.Capacity))
        {
            yield return new(
                at[nameof(settings.CapacityGiB)],
                settings.Capacity < settings.Offered.SmallestGiB
                    ? $"is less than the {settings.Offered.SmallestGiB} GiB with which the tier {Key(settings.Tier)} starts"
                    : $"is no size of the tier {Key(settings.Tier)}",
                settings.Offered.Sizes,
                $"capacityGiB: {settings.Offered.SmallestGiB}, or another tier",
                $"{settings.Capacity}");
        }

        if (platform.Gcp is not null && platform.Cluster is not null && settings.LocationBeside(platform) is null)
        {
            yield return new(
                at[nameof(settings.Zone)],
                $"is missing: instances of the tier {Key(settings.Tier)} stand in one zone, and the cluster in several",
                $"a zone of {platform.Gcp.Region}",
                $"zone: {platform.Gcp.Region}-b, or tier: regional");
        }

        var claims = platform.Tower?.Environments
            .Where(environment => environment.Value.Scratch is not null)
            .Select(environment => environment.Key)
            .ToList() ?? [];
        if (claims.Count > 1)
        {
            yield return new(
                at[nameof(settings.InstancePerClaim)], $"leaves {string.Join(" and ", claims)} one share, so that each sees the other's files",
                "true, where several environments have scratch", "instancePerClaim: true", "false");
        }
    }

    private static IEnumerable<SettingsProblem> CheckClaims(FilestoreStorageSettings settings, PlatformSettings platform, SettingPath at)
    {
        if (settings.CapacityGiB is { } capacity)
        {
            yield return new(
                at[nameof(settings.CapacityGiB)], "is given with instancePerClaim, where each claim says its size", "no capacityGiB", "remove capacityGiB",
                $"{capacity}");
        }

        foreach (var (name, environment) in platform.Tower?.Environments.Where(environment => environment.Value.Scratch is not null) ?? [])
        {
            var size = environment.Scratch!.Size;
            if (!settings.Offered.Offers(FilestoreClassStorage.GibibytesOf(size)))
            {
                yield return new(
                    TowerSettings.ScratchOf(name)[nameof(environment.Scratch.Size)], $"is no size that Filestore's tier {Key(settings.Tier)} has",
                    $"{settings.Offered.Sizes}, in GiB", $"size: {settings.Offered.SmallestGiB}Gi", size.Text);
            }
        }
    }
}
