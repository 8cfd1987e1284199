using System.Collections.Immutable;
using System.Globalization;
using Infra.Versions;

namespace Infra.Clusters;

/// <summary>What a machine series of Compute Engine decides about its nodes: a row of <c>gke-machine-series.json</c>.</summary>
/// <param name="Boot">Types of the node's own disk, the one that nodes get by default first.</param>
/// <param name="Attach">Types of disks that claims may attach.</param>
/// <param name="Arm">Arm processors, whose nodes GKE taints.</param>
/// <param name="Tpu">Machines with TPUs.</param>
/// <param name="LocalSsd">Null for none, <c>attached</c> by count, or <c>bundled</c> with machine types whose name ends in <c>lssd</c> or always.</param>
public sealed record GkeMachineSeries(
    IReadOnlyList<string> Boot, IReadOnlyList<string> Attach, bool Arm = false, bool Tpu = false, string? LocalSsd = null)
{
    /// <summary>The disks of GKE's default StorageClass.</summary>
    private const string PersistentDisk = "pd-balanced";

    private const string WithoutLocalSsd = "-nolssd";

    /// <summary>The series of a machine type, its name up to the first hyphen; null for one that the table does not know.</summary>
    public static GkeMachineSeries? Of(string machineType) => GkeMachineTable.Current.Series.GetValueOrDefault(NameOf(machineType));

    /// <summary>Name of the series of a machine type: <c>n2</c> of <c>n2-standard-4</c>.</summary>
    public static string NameOf(string machineType) => machineType.Split('-')[0];

    /// <summary>The GPUs that a machine type brings by itself; null where it brings none.</summary>
    public static GkeGpuMachine? Gpus(string machineType) => GkeMachineTable.Current.Machines.GetValueOrDefault(
        machineType.EndsWith(WithoutLocalSsd, StringComparison.Ordinal) ? machineType[..^WithoutLocalSsd.Length] : machineType);

    /// <summary>Types of the node's own disk that a machine type takes, the default first; empty for a series that is not known.</summary>
    public static ImmutableArray<string> BootDisks(string machineType) => [.. Gpus(machineType)?.Boot ?? Of(machineType)?.Boot ?? []];

    /// <summary>Type of the node's own disk where the stack file does not say it.</summary>
    public static string DiskType(string machineType) => BootDisks(machineType) is [var first, ..] ? first : PersistentDisk;

    /// <summary>Whether the disks of GKE's default StorageClass, Persistent Disks, can be attached.</summary>
    public static bool TakesPersistentDisks(string machineType) =>
        Of(machineType)?.Attach.Contains(PersistentDisk) != false && Gpus(machineType)?.Boot?.Contains(PersistentDisk) != false;

    /// <summary>Whether GKE taints the nodes because their processors are Arm's.</summary>
    public static bool IsArm(string machineType) => Of(machineType)?.Arm == true;

    /// <summary>
    /// Virtual processors, as far as the name says it: the number behind the kind (<c>n2-standard-4</c>, <c>n2-custom-8-16384</c>), or those of a machine type
    /// with GPUs; two for the shared cores of E2. Null where it says nothing.
    /// </summary>
    public static int? Cpus(string machineType) => (Gpus(machineType), machineType.Split('-')) switch
    {
        ({ } machine, _) => machine.Cpus,
        (_, ["e2", "micro" or "small" or "medium"]) => 2,
        (_, [_, _, var number, ..]) when int.TryParse(number, out var cpus) => cpus,
        _ => null,
    };

    internal static GkeMachineSeries Of(TableRow row) => new(
        row.Of("boot", TableRow.Texts),
        row.Of("attach", TableRow.Texts),
        row.Is("arm"),
        row.Is("tpu"),
        row.Find("localSsd", TableRow.Text));
}

/// <summary>A machine type that brings GPUs.</summary>
/// <param name="Gpu">Their type: <c>nvidia-l4</c>.</param>
/// <param name="Count">How many.</param>
/// <param name="Cpus">Virtual processors beside them.</param>
/// <param name="Need">Null where on-demand capacity is sold; <c>spot</c> or <c>reserved</c> where only that is.</param>
/// <param name="Boot">Types of the node's own disk, where they are others than those of the series.</param>
public sealed record GkeGpuMachine(string Gpu, int Count, int Cpus, string? Need = null, IReadOnlyList<string>? Boot = null)
{
    internal static GkeGpuMachine Of(TableRow row) => new(
        row.Of("gpu", TableRow.Text),
        row.Of("count", TableRow.Number),
        row.Of("cpus", TableRow.Number),
        row.Find("need", TableRow.Text),
        row.Find("boot", TableRow.Texts));
}

/// <summary>The table of machine series that the program was built with.</summary>
/// <param name="AsOf">The day on which it was compared with its sources.</param>
/// <param name="Series">Rows by name.</param>
/// <param name="Machines">Machine types that bring GPUs.</param>
/// <param name="Attachable">GPUs that a machine of N1 is given, with the most virtual processors beside so many of them.</param>
/// <param name="Regions">Regions, their zones and the series that are there; a series that no region has is one whose places are not known.</param>
/// <param name="GpuZones">
/// Letters of the zones with GPUs by region, by the beginning of the machine type that brings them or by the type of those that N1 is given.
/// </param>
/// <param name="Partitions">Parts that a GPU can be cut into, and how many of each.</param>
public sealed record GkeMachineTable(
    DateOnly AsOf,
    IReadOnlyDictionary<string, GkeMachineSeries> Series,
    IReadOnlyDictionary<string, GkeGpuMachine> Machines,
    IReadOnlyDictionary<string, IReadOnlyDictionary<int, int>> Attachable,
    IReadOnlyDictionary<string, GkeMachineRegion> Regions,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> GpuZones,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Partitions)
{
    /// <summary>The series whose machines are given GPUs instead of bringing them.</summary>
    public const string Attaching = "n1";

    private static readonly Lazy<GkeMachineTable> Embedded = new(() => TableRow.ReadEmbedded("Infra.Clusters.gke-machine-series.json", Of));

    public static GkeMachineTable Current => Embedded.Value;

    /// <summary>Types of GPUs that some machine brings or is given, in alphabetical order.</summary>
    public ImmutableArray<string> GpuTypes =>
        [.. Machines.Values.Select(machine => machine.Gpu).Concat(Attachable.Keys).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Names of the series that are no TPUs.</summary>
    public ImmutableArray<string> WithoutTpus => [.. Series.Where(series => !series.Value.Tpu).Select(series => series.Key)];

    /// <summary>Whether the machines of a series bring GPUs.</summary>
    public bool BringsGpus(string series) => Machines.Keys.Any(machine => GkeMachineSeries.NameOf(machine) == series);

    /// <summary>Machine types that bring a type of GPU, for messages.</summary>
    public string MachinesWith(string gpu) => string.Join(", ", Machines.Where(machine => machine.Value.Gpu == gpu).Select(machine => machine.Key));

    private static GkeMachineTable Of(TableRow table) => new(
        DateOnly.ParseExact(table.Of("asOf", TableRow.Text), "yyyy-MM-dd", CultureInfo.InvariantCulture),
        table.Of("series", names => TableRow.Map(names, series => TableRow.Read(series, GkeMachineSeries.Of))),
        table.Of("machines", names => TableRow.Map(names, machine => TableRow.Read(machine, GkeGpuMachine.Of))),
        table.Of("attachable", types => TableRow.Map(types, ByCount)),
        table.Of("regions", names => TableRow.Map(names, region => TableRow.Read(region, GkeMachineRegion.Of))),
        table.Of("gpuZones", kinds => TableRow.Map<IReadOnlyDictionary<string, string>>(kinds, regions => TableRow.Map(regions, TableRow.Text))),
        table.Of("partitions", types => TableRow.Map<IReadOnlyDictionary<string, int>>(types, sizes => TableRow.Map(sizes, TableRow.Number))));

    private static IReadOnlyDictionary<int, int> ByCount(System.Text.Json.JsonElement counts) =>
        TableRow.Map(counts, TableRow.Number).ToDictionary(count => int.Parse(count.Key, CultureInfo.InvariantCulture), count => count.Value);
}
