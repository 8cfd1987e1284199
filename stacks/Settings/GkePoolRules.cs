using Infra.Clusters;

namespace Stacks.Settings;

/// <summary>What Compute Engine and GKE refuse of a node pool: its machine series against disks and GPUs (<see cref="GkePlaceRules"/> has places).</summary>
internal static class GkePoolRules
{
    public static IEnumerable<SettingsProblem> Check(GkeNodePoolSettings pool, PlatformSettings platform, SettingPath at) =>
        GkeMachineSeries.Of(pool.MachineType) switch
        {
            null => CheckUnknown(pool, at),
            { Tpu: true } =>
            [
                new(
                    at[nameof(pool.MachineType)], "brings TPUs, which need a topology and a placement of their own that this program does not make",
                    "a machine type without TPUs", "run such work in an environment of Google Batch (docs/gcp.md, Not supported)", pool.MachineType),
            ],
            { } series =>
            [
                .. CheckDisk(pool, series, at), .. CheckAccelerator(pool, at), .. CheckCapacity(pool, at),
                .. GkePlaceRules.Check(pool, platform, at), .. CheckTaints(pool, at),
            ],
        };

    private static IEnumerable<SettingsProblem> CheckUnknown(GkeNodePoolSettings pool, SettingPath at)
    {
        var series = GkeMachineSeries.NameOf(pool.MachineType);
        var table = $"the table of {GkeMachineTable.Current.AsOf:yyyy-MM-dd}";
        if (pool.DiskType is null)
        {
            yield return new(
                at[nameof(pool.MachineType)], $"is of the series {series}, which {table} does not know, so that nobody knows its disks",
                string.Join(", ", GkeMachineTable.Current.WithoutTpus),
                "take one of these, or say diskType, and the series is taken as it is", pool.MachineType);
        }
        else
        {
            yield return SettingsProblem.Warning(
                at[nameof(pool.MachineType)], $"is of the series {series}, which {table} does not know: neither disk nor GPUs are checked",
                "a series of infra/Clusters/gke-machine-series.json", $"add a row for {series} to the table", pool.MachineType);
        }
    }

    private static IEnumerable<SettingsProblem> CheckDisk(GkeNodePoolSettings pool, GkeMachineSeries series, SettingPath at)
    {
        var taken = GkeMachineSeries.BootDisks(pool.MachineType);
        if (pool.DiskType is { } type && !taken.Contains(type.Name()))
        {
            var allowed = Enum.GetValues<GkeDiskType>().Where(other => taken.Contains(other.Name())).Select(other => SettingPath.KeyFor($"{other}")).ToList();
            yield return new(
                at[nameof(pool.DiskType)], $"is no disk that {pool.MachineType} starts from", string.Join(", ", allowed), $"diskType: {allowed[0]}",
                SettingPath.KeyFor($"{type}"));
        }

        if (pool.MachineType.Contains("lssd", StringComparison.Ordinal) && series.LocalSsd != "bundled" && GkeMachineSeries.Gpus(pool.MachineType) is null)
        {
            yield return new(
                at[nameof(pool.MachineType)],
                $"asks for a local SSD, and no machine of the series {GkeMachineSeries.NameOf(pool.MachineType)} comes with one",
                "a machine type without lssd in its name", $"machineType: {pool.MachineType.Replace("-lssd", "", StringComparison.Ordinal)}", pool.MachineType);
        }
    }

    private static IEnumerable<SettingsProblem> CheckAccelerator(GkeNodePoolSettings pool, SettingPath at)
    {
        var here = at[nameof(pool.Accelerator)];
        if (pool.Accelerator is not { } given)
        {
            return [];
        }

        return GkeMachineSeries.Gpus(pool.MachineType) is { } brought
            ? [.. CheckBrought(pool.MachineType, given, brought, here), .. CheckPartition(given, brought.Gpu, here)]
            : GkeMachineSeries.NameOf(pool.MachineType) == GkeMachineTable.Attaching
                ? [.. CheckAttached(pool.MachineType, given, here), .. CheckPartition(given, given.Type, here)]
                :
                [
                    new(
                        here, $"is for machines with GPUs, and {pool.MachineType} takes none",
                        "a machine type of A2, A3, A4, G2 or G4, which bring theirs, or of N1",
                        given.Type is { } type ? $"machineType: {MachineFor(type)}" : "machineType: g2-standard-8, or remove accelerator", given.Type),
                ];
    }

    private static IEnumerable<SettingsProblem> CheckBrought(string machineType, GkeAcceleratorSettings given, GkeGpuMachine brought, SettingPath here)
    {
        if (given.Type is { } type && type != brought.Gpu)
        {
            yield return new(
                here[nameof(given.Type)], $"is not what {machineType} brings", brought.Gpu, $"remove type, or machineType: {MachineFor(type)}", type);
        }

        if (given.Count is { } count && count != brought.Count)
        {
            yield return new(
                here[nameof(given.Count)], $"is not what {machineType} brings", $"{brought.Count}",
                $"remove count, or take another machine type: {GkeMachineTable.Current.MachinesWith(brought.Gpu)}", $"{count}");
        }
    }

    private static IEnumerable<SettingsProblem> CheckAttached(string machineType, GkeAcceleratorSettings given, SettingPath here)
    {
        var table = GkeMachineTable.Current.Attachable;
        if (given.Type is not { } type)
        {
            yield return new(
                here[nameof(given.Type)], $"is missing, and {machineType} brings no GPUs of its own", string.Join(", ", table.Keys), "type: nvidia-tesla-t4");
        }
        else if (!table.TryGetValue(type, out var counts))
        {
            yield return new(
                here[nameof(given.Type)], $"cannot be attached to {machineType}", string.Join(", ", table.Keys),
                $"type: nvidia-tesla-t4, or machineType: {MachineFor(type)}", type);
        }
        else if (!counts.TryGetValue(given.Count ?? 1, out var most))
        {
            yield return new(
                here[nameof(given.Count)], $"is no number of {type} that a machine is given", string.Join(", ", counts.Keys), $"count: {counts.Keys.First()}",
                $"{given.Count}");
        }
        else if (GkeMachineSeries.Cpus(machineType) is { } cpus && cpus > most)
        {
            var enough = counts.Where(entry => entry.Value >= cpus).Select(entry => $"{entry.Key}").ToList();
            yield return new(
                here[nameof(given.Count)],
                $"is too few for the {cpus} virtual processors of {machineType}: beside {given.Count ?? 1} of {type} there are {most} at most",
                enough.Count > 0 ? string.Join(", ", enough) : $"a machine type with {counts.Values.Max()} virtual processors or fewer",
                enough.Count > 0 ? $"count: {enough[0]}, or a smaller machine type" : "a smaller machine type",
                $"{given.Count ?? 1}");
        }
    }

    private static IEnumerable<SettingsProblem> CheckPartition(GkeAcceleratorSettings given, string? type, SettingPath here)
    {
        if (given.Partition is not { } size || type is null)
        {
            yield break;
        }

        var sizes = GkeMachineTable.Current.Partitions.GetValueOrDefault(type);
        if (sizes?.ContainsKey(size) != true)
        {
            yield return new(
                here[nameof(given.Partition)],
                sizes is null ? $"cannot be had: {type} is not cut into parts" : $"is no part that {type} is cut into",
                sizes is null ? "no partition" : string.Join(", ", sizes.Keys),
                sizes is null ? "remove partition; sharers lets containers take turns" : $"partition: {sizes.Keys.First()}",
                size);
        }
    }

    private static IEnumerable<SettingsProblem> CheckCapacity(GkeNodePoolSettings pool, SettingPath at)
    {
        switch (GkeMachineSeries.Gpus(pool.MachineType)?.Need)
        {
            case "reserved":
                yield return new(
                    at[nameof(pool.MachineType)], "is to be had with a reservation only, which this program cannot name",
                    "a machine type that is sold without one", "for example a3-highgpu-8g", pool.MachineType);
                break;
            case "spot" when !pool.Spot:
                yield return new(
                    at[nameof(pool.Spot)],
                    $"is false, and {pool.MachineType} is sold as spare capacity or with a reservation only, which this program cannot name",
                    "true, or another machine type", "spot: true", "false");
                break;
            default:
                break;
        }
    }

    private static IEnumerable<SettingsProblem> CheckTaints(GkeNodePoolSettings pool, SettingPath at) =>
        from added in pool.AddedTaints
        from declared in pool.Taints.Index()
        where declared.Item.Key == added.Key
        select new SettingsProblem(
            at[nameof(pool.Taints)][declared.Index], $"has the key of the taint that GKE itself gives these nodes, {added.Key}={added.Value}",
            "taints with other keys", "remove it: environments that name this pool tolerate GKE's own", declared.Item.Key);

    // A machine type to start from for a type of GPU.
    private static string MachineFor(string type) =>
        GkeMachineTable.Current.Machines.Where(machine => machine.Value.Gpu == type).Select(machine => machine.Key).FirstOrDefault() ?? "n1-standard-8";
}
