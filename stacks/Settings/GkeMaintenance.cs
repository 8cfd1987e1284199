using System.Collections.Immutable;
using Infra.Clusters;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

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

    [Setting(
        "Times at which GKE upgrades less, or nothing, by name.",
        Absent = "none",
        Example = "{ release: { start: 2026-12-18, end: 2027-01-05, scope: noUpgrades } }")]
    [Entry(Form.KubernetesEntry)]
    public ImmutableSortedDictionary<string, GkeExclusionSettings> Exclusions { get; init; } =
        ImmutableSortedDictionary<string, GkeExclusionSettings>.Empty;

    public GkeMaintenance Window => new([.. Days.Select(day => Enum.Parse<DayOfWeek>(day, ignoreCase: true))], StartHour, Hours)
    {
        Exclusions = [.. Exclusions.Select(exclusion => exclusion.Value.Exclusion(exclusion.Key))],
    };

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (!Window.IsEnough)
        {
            yield return new(
                at[nameof(Days)], $"leave {Window.HoursInThirtyTwoDays} hours in 32 days",
                $"windows of {GkeMaintenance.LeastHoursInThirtyTwoDays} hours in 32 days at least", "add a day, or more hours", string.Join(", ", Days));
        }

        foreach (var problem in GkeExclusionRules.Check(this, platform, at))
        {
            yield return problem;
        }
    }
}

/// <summary>A time at which GKE upgrades less, or nothing.</summary>
public sealed record GkeExclusionSettings
{
    [Setting("When it begins.", Example = "2026-12-18")]
    public required UtcMoment Start { get; init; }

    [Setting("When it ends.", Absent = "with the support of the cluster's version; GKE moves that on with each version", Example = "2027-01-05")]
    public UtcMoment? End { get; init; }

    [Setting("What GKE does not do.")]
    public GkeExclusionScope Scope { get; init; } = GkeMaintenanceExclusion.DefaultScope;

    public GkeMaintenanceExclusion Exclusion(string name) => new(name, Start, End, Scope);
}

/// <summary>What GKE refuses of exclusions.</summary>
internal static class GkeExclusionRules
{
    public static IEnumerable<SettingsProblem> Check(GkeMaintenanceSettings maintenance, PlatformSettings platform, SettingPath at)
    {
        var exclusions = at[nameof(maintenance.Exclusions)];
        var freezes = maintenance.Exclusions.Where(entry => entry.Value.Scope is GkeExclusionScope.NoUpgrades).Select(entry => entry.Key).ToList();
        if (maintenance.Exclusions.Count > GkeMaintenanceExclusion.Most)
        {
            yield return new(
                exclusions, "has more entries than GKE takes", $"up to {GkeMaintenanceExclusion.Most}", "remove those that are over",
                $"{maintenance.Exclusions.Count}");
        }

        if (freezes.Count > GkeMaintenanceExclusion.MostWithoutUpgrades)
        {
            yield return new(
                exclusions, "has more entries with scope: noUpgrades than GKE takes", $"up to {GkeMaintenanceExclusion.MostWithoutUpgrades} of them",
                "remove those that are over, or give them scope: noMinorOrNodeUpgrades", string.Join(", ", freezes));
        }

        foreach (var (name, exclusion) in maintenance.Exclusions)
        {
            foreach (var problem in CheckOne(exclusion, platform, exclusions.Entry(name)))
            {
                yield return problem;
            }
        }

        if (maintenance.Window is { IsEnough: true } window && window.TooLittle() is var (from, hours))
        {
            yield return new(
                exclusions, $"leave {hours} hours of the window in the {GkeMaintenance.RollingDays} days from {from:yyyy-MM-dd} on",
                $"{GkeMaintenance.LeastHours} hours or more, in stretches of {GkeMaintenance.FewestHours} hours or more",
                "shorten those with scope: noUpgrades, or add days or hours to the window", string.Join(", ", freezes));
        }
    }

    private static IEnumerable<SettingsProblem> CheckOne(GkeExclusionSettings exclusion, PlatformSettings platform, SettingPath at)
    {
        var freezes = exclusion.Scope is GkeExclusionScope.NoUpgrades;
        if (exclusion.End is not { } end)
        {
            if (freezes)
            {
                yield return new(
                    at[nameof(exclusion.End)], "is missing, and an exclusion of all upgrades has to end",
                    $"up to {GkeMaintenanceExclusion.MostDaysWithoutUpgrades} days after start",
                    $"end: {exclusion.Start.AddDays(14)}, or scope: noMinorOrNodeUpgrades");
            }

            yield break;
        }

        if (end <= exclusion.Start)
        {
            yield return new(
                at[nameof(exclusion.End)], "is not after start", $"later than {exclusion.Start}", "exchange the two", end.ToString());
        }
        else if (freezes && end > exclusion.Start.AddDays(GkeMaintenanceExclusion.MostDaysWithoutUpgrades))
        {
            yield return new(
                at[nameof(exclusion.End)], "is later than GKE goes without any upgrade, those for security included",
                $"up to {GkeMaintenanceExclusion.MostDaysWithoutUpgrades} days after start",
                $"end: {exclusion.Start.AddDays(GkeMaintenanceExclusion.MostDaysWithoutUpgrades)}, or scope: noMinorOrNodeUpgrades",
                end.ToString());
        }
        else if (!freezes && platform.Cluster is GkeClusterSettings cluster && Supported(cluster) is var until
            && end.Day > until)
        {
            yield return new(
                at[nameof(exclusion.End)], $"is later than the support of Kubernetes {cluster.Version.Name} in this channel lasts, {until:yyyy-MM-dd}",
                "until then, or no end: GKE then moves the exclusion on with each version",
                "remove end, or say the version that the cluster has got to",
                end.ToString());
        }
    }

    private static DateOnly Supported(GkeClusterSettings cluster) =>
        cluster.Channel is GkeReleaseChannel.Extended ? cluster.Version.ExtendedUntil : cluster.Version.StandardUntil;
}
