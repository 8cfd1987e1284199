using System.Collections.Immutable;
using Infra.Accounts;
using Infra.Clusters;

namespace Stacks.Settings;

/// <summary>Whether the machines and GPUs of a GKE cluster are in its region and zones; Google adds places all the time, so that it is a warning.</summary>
internal static class GkePlaceRules
{
    private static string Table => $"the table of {GkeMachineTable.Current.AsOf:yyyy-MM-dd}";

    public static IEnumerable<SettingsProblem> Check(GkeNodePoolSettings pool, PlatformSettings platform, SettingPath at)
    {
        var location = (platform.Cluster as GkeClusterSettings)?.Location;
        return (location?.Region ?? platform.Gcp?.Region) is not { } region
            ? []
            : [
                .. CheckRegion(pool, region, at),
                .. pool.EffectiveAccelerator is { } gpus
                    ? CheckGpus(pool, gpus.Type, region, location?.Zone, at)
                    : CheckSeries(pool, region, at),
            ];
    }

    public static IEnumerable<SettingsProblem> Check(
        GkeAutoProvisioningSettings settings, GkeClusterSettings cluster, PlatformSettings platform, SettingPath at) =>
        (cluster.Location?.Region ?? platform.Gcp?.Region) is { } region
            ? [.. CheckGroups(settings, region, at), .. CheckGpus(settings, region, cluster.Location?.Zone, at)]
            : [];

    private static IEnumerable<SettingsProblem> CheckRegion(GkeNodePoolSettings pool, GcpRegion region, SettingPath at) =>
        from entry in pool.Zones.Index()
        where !region.HasZone(entry.Item)
        select new SettingsProblem(
            at[nameof(pool.Zones)][entry.Index], "is no zone of the cluster's region", $"zones of {region}", $"for example {region}-b", entry.Item);

    private static IEnumerable<SettingsProblem> CheckSeries(GkeNodePoolSettings pool, GcpRegion region, SettingPath at)
    {
        var series = GkeMachineSeries.NameOf(pool.MachineType);
        if (IsElsewhere(series, region, out var regions))
        {
            yield return SettingsProblem.Warning(
                at[nameof(pool.MachineType)],
                $"is of the series {series}, which {Table} does not know in {region}: where there is none, GKE fails to make the pool",
                Regions(regions),
                $"another machine type, unless {MachineTypes($"name={pool.MachineType}", region)} lists it by now",
                pool.MachineType);
        }
    }

    private static IEnumerable<SettingsProblem> CheckGpus(GkeNodePoolSettings pool, string gpu, GcpRegion region, string? clusterZone, SettingPath at)
    {
        var brought = GkeMachineSeries.Gpus(pool.MachineType) is not null;
        var (what, ask) = brought
            ? (pool.MachineType, MachineTypes($"name={pool.MachineType}", region))
            : (gpu, AcceleratorTypes(gpu, region));
        var known = GkeMachinePlaces.ZonesOf(pool.MachineType, gpu);
        ImmutableArray<string> here = [.. known.Where(region.HasZone)];
        if (known.IsEmpty)
        {
            return [.. CheckSeries(pool, region, at), .. CheckUnknown(pool, gpu, region, clusterZone, ask, at)];
        }

        return here.IsEmpty
            ?
            [
                SettingsProblem.Warning(
                    brought ? at[nameof(pool.MachineType)] : at[nameof(pool.Accelerator)][nameof(GkeAcceleratorSettings.Type)],
                    $"is in no zone of {region} that {Table} knows: where there is none, GKE fails to make the pool",
                    Regions(RegionsOf(known)),
                    $"another {(brought ? "machine type" : "type")}, unless {ask} lists it by now",
                    what),
            ]
            : CheckZones(pool, what, here, region, clusterZone, ask, at);
    }

    // Which zones have which GPUs changes monthly; without a row in the table nobody can say whether all of a region do.
    private static IEnumerable<SettingsProblem> CheckUnknown(
        GkeNodePoolSettings pool, string gpu, GcpRegion region, string? clusterZone, string ask, SettingPath at)
    {
        if (pool.Zones.IsEmpty && clusterZone is null)
        {
            yield return SettingsProblem.Warning(
                at[nameof(pool.Zones)], $"are not said, and GKE makes nodes in zones of {region} that may have no {gpu}, where it fails",
                "the zones that have them", $"{ask} lists them; then zones: [{region}-b]");
        }
    }

    private static IEnumerable<SettingsProblem> CheckZones(
        GkeNodePoolSettings pool, string what, ImmutableArray<string> having, GcpRegion region, string? clusterZone, string ask, SettingPath at)
    {
        var places = string.Join(", ", having);
        var fix = $"zones: [{places}], unless {ask} lists more by now";
        foreach (var (index, zone) in pool.Zones.Index().Where(entry => region.HasZone(entry.Item) && !having.Contains(entry.Item)))
        {
            yield return SettingsProblem.Warning(
                at[nameof(pool.Zones)][index], $"is no zone where {Table} knows {what}: where there is none, GKE fails to make the pool", places, fix, zone);
        }

        ImmutableArray<string> taken = clusterZone is null ? GkeMachinePlaces.ZonesOf(region) : [clusterZone];
        ImmutableArray<string> lacking = [.. taken.Except(having, StringComparer.Ordinal)];
        if (pool.Zones.IsEmpty && !lacking.IsEmpty)
        {
            yield return SettingsProblem.Warning(
                at[nameof(pool.Zones)],
                clusterZone is null
                    ? $"are not said, and GKE may make nodes in {string.Join(", ", lacking)}, where {Table} knows no {what} and it would fail"
                    : $"are not said, and GKE makes nodes in {clusterZone}, the cluster's zone, where {Table} knows no {what} and it would fail",
                places,
                fix);
        }
    }

    private static IEnumerable<SettingsProblem> CheckGroups(GkeAutoProvisioningSettings settings, GcpRegion region, SettingPath at)
    {
        foreach (var (name, group) in settings.NodeGroups)
        {
            if (group.MachineSeries is { } series && IsElsewhere(series, region, out var regions))
            {
                yield return SettingsProblem.Warning(
                    at[nameof(settings.NodeGroups)].Entry(name)[nameof(group.MachineSeries)],
                    $"is no series that {Table} knows in {region}: where there is none, GKE makes no node, and the runs wait",
                    Regions(regions),
                    $"another series, unless {MachineTypes($"name~^{series}-", region)} lists some by now",
                    series);
            }
        }
    }

    // A pod asks for a node in any zone, so that one zone with the GPUs is enough.
    private static IEnumerable<SettingsProblem> CheckGpus(GkeAutoProvisioningSettings settings, GcpRegion region, string? clusterZone, SettingPath at) =>
        from gpu in settings.Gpus.Keys
        let known = GkeMachinePlaces.ZonesOfGpu(gpu)
        where !known.IsEmpty && !known.Any(zone => clusterZone is null ? region.HasZone(zone) : zone == clusterZone)
        select SettingsProblem.Warning(
            at[nameof(settings.Gpus)].Entry(gpu),
            $"are not in {clusterZone ?? $"any zone of {region}"}, as far as {Table} knows: where there are none, GKE makes no node, and the runs wait",
            clusterZone is null ? Regions(RegionsOf(known)) : string.Join(", ", known),
            $"remove the limit, unless {AcceleratorTypes(gpu, region)} lists them by now");

    private static bool IsElsewhere(string series, GcpRegion region, out ImmutableArray<string> regions)
    {
        regions = GkeMachinePlaces.RegionsOf(series);
        return !regions.IsEmpty && !regions.Contains(region.Name);
    }

    private static IEnumerable<string> RegionsOf(IEnumerable<string> zones) => zones.Select(zone => zone[..^2]).Distinct(StringComparer.Ordinal);

    private static string Regions(IEnumerable<string> regions) => $"a cluster in {string.Join(", ", regions)}";

    // The hyphen behind the region keeps europe-west10 out of europe-west1.
    private static string MachineTypes(string filter, GcpRegion region) => $"gcloud compute machine-types list --filter=\"{filter} AND zone~{region}-\"";

    private static string AcceleratorTypes(string gpu, GcpRegion region) =>
        $"gcloud compute accelerator-types list --filter=\"name={gpu} AND zone~{region}-\"";
}
