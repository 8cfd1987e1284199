using System.Collections.Immutable;
using Infra.Clusters;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>A node pool of a GKE cluster; counts are of all zones together.</summary>
public sealed record GkeNodePoolSettings : IChecked
{
    [Setting("Machine type of the nodes. With another one they are replaced one by one, and their pods move.")]
    [Form(Form.MachineType)]
    public required string MachineType { get; init; }

    [Setting("Fewest nodes.")]
    [Range(0, 1000)]
    public int Minimum { get; init; } = GkeNodePool.DefaultMinimum;

    [Setting("Most nodes.")]
    [Range(1, 1000)]
    public int Maximum { get; init; } = GkeNodePool.DefaultMaximum;

    [Setting("Use spare capacity, which is cheap and which Google takes back at half a minute's notice.")]
    public bool Spot { get; init; }

    [Setting("Disk of each node in GiB, for images, logs and emptyDir volumes.")]
    [Range(20, 65536)]
    public int DiskGiB { get; init; } = GkeNodePool.DefaultDiskGiB;

    [Setting("Labels of the nodes.", Absent = "none", Example = "{ workload: pipelines }")]
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    [Setting("Taints of the nodes.", Absent = "none")]
    public ImmutableArray<NodeTaintSettings> Taints { get; init; } = [];

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (Minimum > Maximum)
        {
            yield return new(at[nameof(Minimum)], "is more than maximum", $"0 to {Maximum}", "raise maximum or lower minimum", $"{Minimum}");
        }

        if (GkeMachineSeries.HasAccelerators(MachineType))
        {
            yield return new(
                at[nameof(MachineType)], "brings accelerators, for which these nodes get no driver, so that pods would never see one",
                "a machine type without accelerators",
                "for example n2-standard-4; run such work in an environment of Google Batch (docs/gcp.md, Not supported)",
                MachineType);
        }

        if (platform.Production && Spot && Taints.IsEmpty)
        {
            yield return new(
                at[nameof(Spot)],
                "lets Google take nodes back at half a minute's notice, and what a production stack protects may run on them",
                "false, or true with a taint that keeps everything away but pipelines",
                "taints: [{ key: workload, value: pipelines, effect: noSchedule }]",
                "true");
        }
    }
}

/// <summary>When GKE may upgrade and repair the cluster.</summary>
public sealed record GkeMaintenanceSettings : IChecked
{
    [Setting("Days on which the window opens.")]
    [OneOf("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")]
    public ImmutableArray<string> Days { get; init; } = [.. GkeMaintenance.Weekend.Days.Select(day => SettingPath.KeyFor($"{day}"))];

    [Setting("Hour at which it opens, UTC.")]
    [Range(0, 23)]
    public int StartHour { get; init; } = GkeMaintenance.Weekend.StartHour;

    [Setting("Hours that it stays open.")]
    [Range(GkeMaintenance.FewestHours, 24)]
    public int Hours { get; init; } = GkeMaintenance.Weekend.Hours;

    public GkeMaintenance Window => new([.. Days.Select(day => Enum.Parse<DayOfWeek>(day, ignoreCase: true))], StartHour, Hours);

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (!Window.IsEnough)
        {
            yield return new(
                at[nameof(Days)], $"leave {Window.HoursInThirtyTwoDays} hours in 32 days",
                $"windows of {GkeMaintenance.LeastHoursInThirtyTwoDays} hours in 32 days at least", "add a day, or more hours", string.Join(", ", Days));
        }
    }
}
