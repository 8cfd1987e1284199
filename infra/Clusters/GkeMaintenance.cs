using System.Collections.Immutable;

namespace Infra.Clusters;

/// <summary>When GKE may upgrade and repair a cluster.</summary>
/// <param name="Days">Days of the week on which the window opens.</param>
/// <param name="StartHour">Hour at which it opens, UTC, 0 to 23.</param>
/// <param name="Hours">Hours that it stays open, 4 to 24.</param>
public sealed record GkeMaintenance(ImmutableArray<DayOfWeek> Days, int StartHour, int Hours)
{
    /// <summary>GKE documentation, "Maintenance windows": a window is four hours long at least.</summary>
    public const int FewestHours = 4;

    /// <summary>The same: windows of 32 days add up to 48 hours at least.</summary>
    public const int LeastHoursInThirtyTwoDays = 48;

    /// <summary>The same: what exclusions leave of the windows of any 92 days are 48 hours at least.</summary>
    public const int RollingDays = 92;

    public const int LeastHours = 48;

    // Whole weeks in 32 days.
    private const int Weeks = 4;

    // Any Saturday: the recurrence says on which days it repeats, the date only when it began.
    private static readonly DateOnly FirstDay = new(2026, 1, 3);

    /// <summary>Times at which GKE upgrades less than otherwise, or nothing. Default none.</summary>
    public ImmutableArray<GkeMaintenanceExclusion> Exclusions { get; init; } = [];

    /// <summary>The nights of the weekend.</summary>
    public static GkeMaintenance Weekend { get; } = new([DayOfWeek.Saturday, DayOfWeek.Sunday], StartHour: 1, Hours: 6);

    /// <summary>Hours in any 32 days, counting whole weeks only.</summary>
    public int HoursInThirtyTwoDays => Days.Distinct().Count() * Hours * Weeks;

    /// <summary>Whether GKE takes the window.</summary>
    public bool IsEnough => Hours >= FewestHours && HoursInThirtyTwoDays >= LeastHoursInThirtyTwoDays;

    /// <summary>Start of the first window, RFC 3339.</summary>
    public string Start => Moment(0);

    /// <summary>End of the first window, RFC 3339.</summary>
    public string End => Moment(Hours);

    /// <summary>Repetition, RFC 5545: <c>FREQ=WEEKLY;BYDAY=SA,SU</c>.</summary>
    public string Recurrence => $"FREQ=WEEKLY;BYDAY={string.Join(',', Days.Distinct().Order().Select(day => $"{day}"[..2].ToUpperInvariant()))}";

    /// <summary>
    /// The 92 days in which the window, without the exclusions of all upgrades, is open for the fewest hours, and how many are left, where they are fewer than
    /// GKE wants; null where it is open long enough. Only stretches of four hours count.
    /// </summary>
    public (DateOnly From, int Hours)? TooLittle()
    {
        var freezes = Exclusions.Where(exclusion => exclusion is { Scope: GkeExclusionScope.NoUpgrades, End: not null }).ToList();
        if (freezes.Count == 0)
        {
            return null;
        }

        var first = freezes.Min(freeze => freeze.Start)!.Day.AddDays(-RollingDays);
        var last = freezes.Max(freeze => freeze.End)!.Day;
        var open = Enumerable.Range(0, last.DayNumber - first.DayNumber + RollingDays + 1)
            .Select(day => first.AddDays(day))
            .Select(day => Days.Contains(day.DayOfWeek) ? OpenHours(day, freezes) : 0)
            .ToArray();
        var (from, hours) = Enumerable.Range(0, open.Length - RollingDays + 1)
            .Select(day => (From: first.AddDays(day), Hours: open.Skip(day).Take(RollingDays).Sum()))
            .MinBy(period => period.Hours);
        return hours < LeastHours ? (from, hours) : null;
    }

    public bool Equals(GkeMaintenance? other) => other is not null && StartHour == other.StartHour && Hours == other.Hours && Days.SequenceEqual(other.Days)
        && Exclusions.SequenceEqual(other.Exclusions);

    public override int GetHashCode() => HashCode.Combine(Days.Length, StartHour, Hours);

    // Whole hours of the window that opens on a day and that no exclusion has, in stretches that are long enough.
    private int OpenHours(DateOnly day, List<GkeMaintenanceExclusion> freezes)
    {
        var opens = new UtcMoment(day, new TimeOnly(StartHour, 0));
        var (total, stretch) = (0, 0);
        foreach (var hour in Enumerable.Range(0, Hours).Select(later => opens.AddHours(later)))
        {
            if (freezes.Exists(freeze => freeze.Start < hour.AddHours(1) && freeze.End! > hour))
            {
                (total, stretch) = (total + (stretch >= FewestHours ? stretch : 0), 0);
            }
            else
            {
                stretch++;
            }
        }

        return total + (stretch >= FewestHours ? stretch : 0);
    }

    private string Moment(int hoursLater)
    {
        var time = new TimeOnly(StartHour, 0).AddHours(hoursLater, out var daysLater);
        return $"{FirstDay.AddDays(daysLater):yyyy-MM-dd}T{time:HH:mm:ss}Z";
    }
}
