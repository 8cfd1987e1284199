using System.Globalization;

namespace Stacks.Settings;

/// <summary>The two windows of an ElastiCache replication group, which AWS wants apart and at least an hour long (ElastiCache API reference, CreateReplicationGroup).</summary>
internal static class ElastiCacheWindows
{
    private const int Hour = 60;
    private const int Day = 24 * Hour;
    private const int Week = 7 * Day;

    private static readonly string[] Days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// <summary>Whether a window lasts an hour or longer; <c>23:30-00:30</c> does.</summary>
    public static bool IsLongEnough(string window) => Length(window) >= Hour;

    /// <summary>Whether the daily window meets the weekly one on any day.</summary>
    public static bool Overlap(string weekly, string daily)
    {
        var (start, length) = (Minute(weekly[..weekly.IndexOf('-', StringComparison.Ordinal)]), Length(weekly));
        return Enumerable.Range(0, Days.Length)
            .Select(day => (day * Day) + Minute(daily[..daily.IndexOf('-', StringComparison.Ordinal)]))
            .Any(other => Ring(other - start, Week) < length || Ring(start - other, Week) < Length(daily));
    }

    private static int Length(string window)
    {
        var ends = window.Split('-');
        return Ring(Minute(ends[1]) - Minute(ends[0]), char.IsLetter(window[0]) ? Week : Day);
    }

    // "sun:03:00" or "03:00".
    private static int Minute(string time)
    {
        var parts = time.Split(':');
        var day = parts.Length == 3 ? Array.IndexOf(Days, parts[0]) : 0;
        return (day * Day) + (int.Parse(parts[^2], CultureInfo.InvariantCulture) * Hour) + int.Parse(parts[^1], CultureInfo.InvariantCulture);
    }

    private static int Ring(int minutes, int around) => ((minutes % around) + around) % around;
}
