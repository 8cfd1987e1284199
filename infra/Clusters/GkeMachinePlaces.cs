using System.Collections.Immutable;
using Infra.Accounts;
using Infra.Versions;

namespace Infra.Clusters;

/// <summary>Where Compute Engine has which machines, by the table of machine series; what the table does not know has no place at all.</summary>
public static class GkeMachinePlaces
{
    private static GkeMachineTable Table => GkeMachineTable.Current;

    /// <summary>The regions that have machines of a series.</summary>
    public static ImmutableArray<string> RegionsOf(string series) =>
        [.. Table.Regions.Where(region => region.Value.Series.Contains(series)).Select(region => region.Key)];

    /// <summary>The zones of a region.</summary>
    public static ImmutableArray<string> ZonesOf(GcpRegion region) =>
        Table.Regions.TryGetValue(region.Name, out var row) ? [.. Named(region.Name, row.Zones)] : [];

    /// <summary>The zones that have a machine type which brings GPUs, or the GPUs that another is given.</summary>
    public static ImmutableArray<string> ZonesOf(string machineType, string gpu) =>
        GkeMachineSeries.Gpus(machineType) is null
            ? Zones(gpu)
            : Table.GpuZones.Keys.Where(kind => machineType == kind || machineType.StartsWith($"{kind}-", StringComparison.Ordinal))
                .MaxBy(kind => kind.Length) is { } longest ? Zones(longest) : [];

    /// <summary>The zones that have GPUs of a type, whatever the machine; none where the places of one machine that brings them are not known.</summary>
    public static ImmutableArray<string> ZonesOfGpu(string gpu)
    {
        var machines = Table.Machines.Where(machine => machine.Value.Gpu == gpu).Select(machine => ZonesOf(machine.Key, gpu)).ToList();
        return machines.Exists(zones => zones.IsEmpty) ? [] : [.. machines.Append(Zones(gpu)).SelectMany(zones => zones).Distinct(StringComparer.Ordinal)];
    }

    private static ImmutableArray<string> Zones(string key) =>
        Table.GpuZones.TryGetValue(key, out var regions) ? [.. regions.SelectMany(region => Named(region.Key, region.Value))] : [];

    private static IEnumerable<string> Named(string region, string letters) => letters.Select(letter => $"{region}-{letter}");
}

/// <summary>A region of Compute Engine, as far as the table of machine series knows it.</summary>
/// <param name="Zones">The last letters of its zones.</param>
/// <param name="Series">The series of which one machine type or more is there.</param>
public sealed record GkeMachineRegion(string Zones, IReadOnlyList<string> Series)
{
    internal static GkeMachineRegion Of(TableRow row) => new(row.Of("zones", TableRow.Text), row.Of("series", TableRow.Texts));
}
