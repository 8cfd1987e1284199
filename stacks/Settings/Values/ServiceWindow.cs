using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Stacks.Settings.Values;

/// <summary>
/// A weekly or daily window of AWS's managed services in UTC, <c>sun:03:00-sun:04:00</c> or <c>01:00-02:00</c>.
/// ElastiCache wants an hour at least, and the two windows apart (ElastiCache API reference, CreateReplicationGroup); RDS wants half an hour.
/// </summary>
public sealed partial record ServiceWindow
{
    /// <summary>Minutes that RDS asks of either window (RDS API reference, ModifyDBInstance).</summary>
    public const int LeastOfRds = 30;

    public const string DailyPattern = $"^{ClockTime}-{ClockTime}$";

    public const string WeeklyPattern = $"^{WeekTime}-{WeekTime}$";

    private const string ClockTime = "([01][0-9]|2[0-3]):[0-5][0-9]";
    private const string WeekTime = $"(mon|tue|wed|thu|fri|sat|sun):{ClockTime}";
    private const int Hour = 60;
    private const int Day = 24 * Hour;
    private const int Week = 7 * Day;

    private static readonly string[] Days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    private readonly string _text;
    private readonly int _start;
    private readonly int _minutes;

    private ServiceWindow(string text)
    {
        var ends = text.Split('-').Select(Minute).ToArray();
        _text = text;
        _start = ends[0];
        _minutes = Around(ends[1] - ends[0], char.IsLetter(text[0]) ? Week : Day);
    }

    /// <summary>Whether the window lasts an hour or longer; <c>23:30-00:30</c> does.</summary>
    public bool IsLongEnough => Lasts(Hour);

    /// <summary>Whether the window lasts so many minutes or longer.</summary>
    public bool Lasts(int minutes) => _minutes >= minutes;

    public static bool TryParse(string? text, [NotNullWhen(true)] out ServiceWindow? window)
    {
        window = text is not null && (Weekly().IsMatch(text) || Daily().IsMatch(text)) ? new ServiceWindow(text) : null;
        return window is not null;
    }

    public static ServiceWindow Parse(string text) => TryParse(text, out var window)
        ? window
        : throw new FormatException($"'{text}' is no window of time: it must be written as in 'sun:03:00-sun:04:00' or '01:00-02:00'.");

    /// <summary>Whether this weekly window meets a daily one on any day.</summary>
    public bool Overlaps(ServiceWindow daily) => Enumerable.Range(0, Days.Length)
        .Select(day => (day * Day) + daily._start)
        .Any(start => Around(start - _start, Week) < _minutes || Around(_start - start, Week) < daily._minutes);

    public override string ToString() => _text;

    // "sun:03:00" or "03:00", in minutes from the start of the week or day.
    private static int Minute(string time)
    {
        var parts = time.Split(':');
        var day = parts.Length == 3 ? Array.IndexOf(Days, parts[0]) : 0;
        return (day * Day) + (int.Parse(parts[^2], CultureInfo.InvariantCulture) * Hour) + int.Parse(parts[^1], CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(WeeklyPattern, RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Weekly();

    [GeneratedRegex(DailyPattern, RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Daily();

    private static int Around(int minutes, int length) => ((minutes % length) + length) % length;
}
