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

    // Whole weeks in 32 days.
    private const int Weeks = 4;

    // Any Saturday: the recurrence says on which days it repeats, the date only when it began.
    private static readonly DateOnly FirstDay = new(2026, 1, 3);

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

    public bool Equals(GkeMaintenance? other) => other is not null && StartHour == other.StartHour && Hours == other.Hours && Days.SequenceEqual(other.Days);

    public override int GetHashCode() => HashCode.Combine(Days.Length, StartHour, Hours);

    private string Moment(int hoursLater)
    {
        var time = new TimeOnly(StartHour, 0).AddHours(hoursLater, out var daysLater);
        return $"{FirstDay.AddDays(daysLater):yyyy-MM-dd}T{time:HH:mm:ss}Z";
    }
}
