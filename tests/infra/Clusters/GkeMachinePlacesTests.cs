using Infra.Accounts;
using Infra.Clusters;

namespace Tests.Infra.Clusters;

// Promise: every series has its regions in the table, or is one of those that the table itself names as not known; GPUs have their zones.
public sealed class GkeMachinePlacesTests
{
    private static readonly GkeMachineTable Table = GkeMachineTable.Current;

    [Fact]
    public void EachSeries_HasRegionsOrIsNotKnown() =>
        Table.WithoutTpus.Where(series => GkeMachinePlaces.RegionsOf(series).IsEmpty).Order(StringComparer.Ordinal)
            .ShouldBe(["a4x", "c4a", "c4n", "e4", "e4a", "g4", "h3", "h4d", "m2", "m4", "n4a", "n4d", "z3", "z4d"]);

    [Fact]
    public void EachRegion_IsOneAndHasSeriesOfTheTable()
    {
        Table.Regions.Keys.ShouldAllBe(region => GcpRegion.Parse(region).Name == region);
        Table.Regions.Values.ShouldAllBe(region => region.Zones.Length >= 3 && region.Zones.Order().Distinct().SequenceEqual(region.Zones));
        Table.Regions.Values.ShouldAllBe(region => region.Series.Order(StringComparer.Ordinal).Distinct().SequenceEqual(region.Series));
        Table.Regions.Values.SelectMany(region => region.Series).Distinct().ShouldBeSubsetOf(Table.WithoutTpus);
    }

    [Fact]
    public void EachMachineWithGpus_HasZonesOrIsNotKnown()
    {
        Table.Machines.Keys.Where(machine => Zones(machine).Length == 0).Select(GkeMachineSeries.NameOf).Distinct().ShouldBe(["a4x", "g4"]);
        Table.Attachable.Keys.ShouldBeSubsetOf(Table.GpuZones.Keys);
        Table.GpuZones.Keys.ShouldAllBe(kind => Table.Attachable.ContainsKey(kind) || Table.Machines.Keys.Any(machine => machine.StartsWith(kind)));
        // What a zone has, its region has.
        foreach (var (kind, regions) in Table.GpuZones)
        {
            var series = Table.Attachable.ContainsKey(kind) ? GkeMachineTable.Attaching : GkeMachineSeries.NameOf(kind);
            regions.ShouldAllBe(region => Table.Regions[region.Key].Series.Contains(series), kind);
            regions.ShouldAllBe(region => region.Value.Length > 0 && region.Value.All(zone => Table.Regions[region.Key].Zones.Contains(zone)), kind);
        }

        foreach (var series in Table.Machines.Keys.Select(GkeMachineSeries.NameOf).Distinct())
        {
            Table.GpuZones.Where(kind => GkeMachineSeries.NameOf(kind.Key) == series).SelectMany(kind => kind.Value.Keys).Distinct()
                .Order(StringComparer.Ordinal).ShouldBe(GkeMachinePlaces.RegionsOf(series).Order(StringComparer.Ordinal), series);
        }
    }

    [Theory]
    [InlineData("g2-standard-8", "nvidia-l4", "europe-west1", "europe-west1-b, europe-west1-c")]
    [InlineData("g2-standard-8", "nvidia-l4", "europe-north1", "")]
    [InlineData("a2-highgpu-1g", "nvidia-tesla-a100", "us-west1", "us-west1-b")]
    [InlineData("a2-megagpu-16g", "nvidia-tesla-a100", "us-west1", "")]
    [InlineData("a3-highgpu-1g", "nvidia-h100-80gb", "europe-west8", "europe-west8-c")]
    [InlineData("a3-highgpu-8g", "nvidia-h100-80gb", "europe-west8", "")]
    [InlineData("a3-edgegpu-8g-nolssd", "nvidia-h100-80gb", "europe-west2", "europe-west2-b")]
    [InlineData("n1-standard-8", "nvidia-tesla-t4", "us-east1", "us-east1-b, us-east1-c, us-east1-d")]
    [InlineData("n1-standard-8", "nvidia-tesla-v100", "europe-west1", "")]
    [InlineData("g4-standard-48", "nvidia-rtx-pro-6000", "us-central1", "")]
    public void AZone_HasAMachineOrItsGpus(string machine, string gpu, string region, string zones) =>
        string.Join(", ", GkeMachinePlaces.ZonesOf(machine, gpu).Where(GcpRegion.Parse(region).HasZone)).ShouldBe(zones);

    [Theory]
    [InlineData("nvidia-h100-80gb", "europe-west8-c", true)]
    [InlineData("nvidia-h100-80gb", "europe-west2-b", true)]
    [InlineData("nvidia-h100-80gb", "europe-west2-a", false)]
    [InlineData("nvidia-tesla-p100", "europe-west1-d", true)]
    [InlineData("nvidia-l4", "europe-west1-d", false)]
    public void AGpu_IsWhereAnyMachineBringsIt(string gpu, string zone, bool there) => GkeMachinePlaces.ZonesOfGpu(gpu).Contains(zone).ShouldBe(there);

    [Theory]
    [InlineData("nvidia-rtx-pro-6000")]
    [InlineData("nvidia-gb200")]
    [InlineData("nvidia-k80")]
    public void AGpu_OfMachinesWithoutPlacesHasNone(string gpu) => GkeMachinePlaces.ZonesOfGpu(gpu).ShouldBeEmpty();

    [Fact]
    public void ARegion_HasItsZones()
    {
        GkeMachinePlaces.ZonesOf(GcpRegion.Parse("europe-west1")).ShouldBe(["europe-west1-b", "europe-west1-c", "europe-west1-d"]);
        GkeMachinePlaces.ZonesOf(GcpRegion.Parse("europe-west99")).ShouldBeEmpty();
    }

    private static string[] Zones(string machine) => [.. GkeMachinePlaces.ZonesOf(machine, Table.Machines[machine].Gpu)];
}
