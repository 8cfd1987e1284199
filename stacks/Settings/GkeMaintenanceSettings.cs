using System.Collections.Immutable;
using Infra.Clusters;
using Stacks.Settings.Declaring;
using Stacks.Settings.Problems;
using Stacks.Settings.Rules;

namespace Stacks.Settings;

/// <summary>When GKE may upgrade and repair the cluster.</summary>
public sealed record GkeMaintenanceSettings : IChecked
{
    [Setting("Days on which the window opens.")]
    [OneOf("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")]
    public ImmutableArray<string> Days { get; init; } = [.. GkeMaintenance.Weekend.Days.Select(day => SettingPath.KeyOf($"{day}"))];

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
                at[nameof(Days)],
                $"leave {Window.HoursInThirtyTwoDays} hours in 32 days",
                $"windows of {GkeMaintenance.LeastHoursInThirtyTwoDays} hours in 32 days at least",
                "add a day, or more hours",
                string.Join(", ", Days));
        }
    }
}
