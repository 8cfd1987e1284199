using System.Globalization;

namespace Infra.Clusters;

/// <summary>A moment in UTC, written as a day, which begins at 00:00, or whole: <c>2026-12-18</c>, <c>2026-12-18T06:00:00Z</c>.</summary>
/// <param name="Day">Its day.</param>
/// <param name="Time">Its time of day.</param>
public sealed record UtcMoment(DateOnly Day, TimeOnly Time) : IComparable<UtcMoment>
{
    /// <summary>Both ways to write it, for editors; a leap day of another year is left to the parser.</summary>
    public const string Pattern = $"^[0-9]{{4}}-({LongMonths}|{ShortMonths}|{February})(T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z)?$";

    private const string LongMonths = "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])";
    private const string ShortMonths = "(0[469]|11)-(0[1-9]|[12][0-9]|30)";
    private const string February = "02-(0[1-9]|[12][0-9])";
    private const string DayForm = "yyyy-MM-dd";
    private const string TimeForm = "HH:mm:ss'Z'";

    public static bool operator <(UtcMoment left, UtcMoment right) => left.CompareTo(right) < 0;

    public static bool operator >(UtcMoment left, UtcMoment right) => left.CompareTo(right) > 0;

    public static bool operator <=(UtcMoment left, UtcMoment right) => left.CompareTo(right) <= 0;

    public static bool operator >=(UtcMoment left, UtcMoment right) => left.CompareTo(right) >= 0;

    public static bool TryParse(string? text, out UtcMoment? moment)
    {
        var parts = (text ?? "").Split('T');
        var time = TimeOnly.MinValue;
        moment = parts.Length <= 2
            && DateOnly.TryParseExact(parts[0], DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && (parts.Length == 1 || TimeOnly.TryParseExact(parts[1], TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out time))
                ? new UtcMoment(day, time)
                : null;
        return moment is not null;
    }

    public static UtcMoment Parse(string text) => TryParse(text, out var moment)
        ? moment!
        : throw new FormatException($"'{text}' is no moment in UTC: it must be written as in '2026-12-18' or '2026-12-18T06:00:00Z'.");

    public UtcMoment AddDays(int days) => this with { Day = Day.AddDays(days) };

    public UtcMoment AddHours(int hours)
    {
        var time = Time.AddHours(hours, out var days);
        return new(Day.AddDays(days), time);
    }

    public int CompareTo(UtcMoment? other) => other is null ? 1 : (Day, Time).CompareTo((other.Day, other.Time));

    /// <summary>The way that Google's APIs answer: RFC 3339 with seconds.</summary>
    public string Whole() => $"{Day.ToString(DayForm, CultureInfo.InvariantCulture)}T{Time.ToString(TimeForm, CultureInfo.InvariantCulture)}";

    public override string ToString() => Time == TimeOnly.MinValue ? Day.ToString(DayForm, CultureInfo.InvariantCulture) : Whole();
}
