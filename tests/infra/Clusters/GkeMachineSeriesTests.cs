using System.Text.RegularExpressions;
using Infra.Clusters;
using Tests.Support;

namespace Tests.Infra.Clusters;

// Promise: what a node starts from, attaches and brings is read from one table, which knows every machine type that this repository names.
public sealed partial class GkeMachineSeriesTests
{
    private static readonly GkeMachineTable Table = GkeMachineTable.Current;

    [Theory]
    [InlineData("n2-standard-4", "pd-balanced", true)]
    [InlineData("c3-standard-4", "pd-balanced", true)]
    [InlineData("n4-standard-4", "hyperdisk-balanced", false)]
    [InlineData("c4d-standard-8-lssd", "hyperdisk-balanced", false)]
    [InlineData("c4a-standard-4", "hyperdisk-balanced", false)]
    [InlineData("c4n-standard-4", "hyperdisk-balanced", false)]
    [InlineData("e4-standard-4", "hyperdisk-balanced", false)]
    [InlineData("h3-standard-88", "pd-balanced", true)]
    [InlineData("z3-highmem-88", "pd-balanced", true)]
    [InlineData("a2-highgpu-1g", "pd-balanced", true)]
    [InlineData("a3-highgpu-8g", "pd-balanced", true)]
    [InlineData("a3-ultragpu-8g", "hyperdisk-balanced", false)]
    [InlineData("a3-ultragpu-8g-nolssd", "hyperdisk-balanced", false)]
    [InlineData("g2-standard-4", "pd-balanced", true)]
    [InlineData("g4-standard-48", "hyperdisk-balanced", false)]
    [InlineData("zz9-standard-4", "pd-balanced", true)]
    public void ASeries_DecidesAboutDisks(string machine, string disk, bool persistent) =>
        (GkeMachineSeries.DiskType(machine), GkeMachineSeries.TakesPersistentDisks(machine)).ShouldBe((disk, persistent));

    [Theory]
    [InlineData("g2-standard-24", "nvidia-l4", 2)]
    [InlineData("a2-highgpu-1g", "nvidia-tesla-a100", 1)]
    [InlineData("a2-ultragpu-8g", "nvidia-a100-80gb", 8)]
    [InlineData("a3-megagpu-8g-nolssd", "nvidia-h100-mega-80gb", 8)]
    [InlineData("a4-highgpu-8g", "nvidia-b200", 8)]
    [InlineData("n1-standard-8", null, 0)]
    [InlineData("n2-standard-8", null, 0)]
    public void AMachineType_BringsItsGpus(string machine, string? gpu, int count) =>
        (GkeMachineSeries.Gpus(machine)?.Gpu, GkeMachineSeries.Gpus(machine)?.Count ?? 0).ShouldBe((gpu, count));

    [Theory]
    [InlineData("n2-standard-4", 4)]
    [InlineData("n1-highmem-96", 96)]
    [InlineData("c4-standard-288-lssd-metal", 288)]
    [InlineData("n2-custom-8-16384", 8)]
    [InlineData("e2-medium", 2)]
    [InlineData("a2-highgpu-1g", 12)]
    [InlineData("g2-standard-24", 24)]
    [InlineData("c3-highmem", null)]
    public void AName_TellsItsProcessors(string machine, int? cpus) => GkeMachineSeries.Cpus(machine).ShouldBe(cpus);

    [Theory]
    [InlineData("c4a-standard-4", true)]
    [InlineData("t2a-standard-4", true)]
    [InlineData("n4a-standard-4", true)]
    [InlineData("t2d-standard-4", false)]
    [InlineData("n4d-standard-4", false)]
    public void ArmProcessors_AreKnown(string machine, bool arm) => GkeMachineSeries.IsArm(machine).ShouldBe(arm);

    [Fact]
    public void EachRow_IsWhole()
    {
        string[] boot =
        [
            "hyperdisk-balanced", "hyperdisk-balanced-high-availability", "hyperdisk-ml", "hyperdisk-throughput", "pd-balanced", "pd-ssd", "pd-standard",
        ];
        string[] attached = [.. boot, "hyperdisk-extreme", "pd-extreme"];

        Table.Series.ShouldAllBe(series => series.Value.Boot.Count > 0 && series.Value.Boot.All(disk => boot.Contains(disk)));
        // What is not said starts from a balanced disk, whatever the series.
        Table.Series.Select(series => series.Value.Boot[0]).Distinct().Order(StringComparer.Ordinal).ShouldBe(["hyperdisk-balanced", "pd-balanced"]);
        Table.Series.ShouldAllBe(series => series.Value.Attach.Count > 0 && series.Value.Attach.All(disk => attached.Contains(disk)));
        Table.Series.ShouldAllBe(series => series.Value.LocalSsd == null || series.Value.LocalSsd == "attached" || series.Value.LocalSsd == "bundled");
        Table.Machines.Keys.Select(GkeMachineSeries.NameOf).Distinct().ShouldBeSubsetOf(Table.Series.Keys);
        Table.Machines.ShouldAllBe(machine => machine.Value.Count > 0 && machine.Value.Cpus > 0);
        Table.Machines.ShouldAllBe(machine => machine.Value.Need == null || machine.Value.Need == "spot" || machine.Value.Need == "reserved");
        Table.Partitions.Keys.ShouldBeSubsetOf(Table.GpuTypes);
        Table.Attachable.ShouldAllBe(gpu => gpu.Value.Count > 0 && gpu.Value.All(entry => entry.Key > 0 && entry.Value > 0));
        Table.Series.ContainsKey(GkeMachineTable.Attaching).ShouldBeTrue();
    }

    [Fact]
    public void SeriesWithGpus_SayWhatEachOfTheirMachinesBrings() =>
        Table.Machines.Keys.Select(GkeMachineSeries.NameOf).Distinct().Order(StringComparer.Ordinal).ShouldBe(["a2", "a3", "a4", "a4x", "g2", "g4"]);

    [Fact]
    public void EachMachineTypeOfThisRepository_IsOfASeriesOfTheTable()
    {
        string[] folders = ["stacks", "tests/stacks", "tests/infra", "docs"];
        var machines = folders
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories))
            .Append(Path.Combine(Repository.Root, "Pulumi.dev.yaml")).Append(Path.Combine(Repository.Root, "Pulumi.prod.yaml"))
            .Where(file => file.EndsWith(".yaml", StringComparison.Ordinal) || file.EndsWith(".md", StringComparison.Ordinal)
                || file.EndsWith("Settings.cs", StringComparison.Ordinal) || file.EndsWith("NodePools.cs", StringComparison.Ordinal))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .SelectMany(file => MachineTypes().Matches(File.ReadAllText(file)).Select(match => match.Groups["type"].Value))
            .Distinct()
            .ToList();

        machines.ShouldContain("n2-standard-4");
        machines.ShouldContain("g2-standard-8");
        machines.Where(machine => GkeMachineSeries.Of(machine) is null).ShouldBeEmpty();
    }

    [GeneratedRegex(@"machineType: (?<type>[a-z][a-z0-9]{1,3}-[a-z]+(-[a-z0-9]+)*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MachineTypes();
}
