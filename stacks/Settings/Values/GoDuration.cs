using System.Globalization;
using System.Text.RegularExpressions;

namespace Stacks.Settings.Values;

/// <summary>Durations as Go programs write and read them (time.ParseDuration), down to milliseconds.</summary>
public static partial class GoDuration
{
    private static readonly (string Unit, TimeSpan Length)[] Units =
    [
        ("h", TimeSpan.FromHours(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("s", TimeSpan.FromSeconds(1)),
        ("ms", TimeSpan.FromMilliseconds(1)),
    ];

    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (text is null || !Whole().IsMatch(text))
        {
            return false;
        }

        foreach (Match part in Part().Matches(text))
        {
            var number = decimal.Parse(part.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
            var length = Units.Single(unit => unit.Unit == part.Groups["unit"].Value).Length;
            duration += new TimeSpan(decimal.ToInt64(number * length.Ticks));
        }

        return true;
    }

    /// <summary>The largest units first, none of them zero: <c>1h30m</c>.</summary>
    public static string Text(TimeSpan duration)
    {
        var text = "";
        var rest = duration;
        foreach (var (unit, length) in Units)
        {
            var count = rest.Ticks / length.Ticks;
            rest -= length * count;
            text += count > 0 ? $"{count}{unit}" : "";
        }

        return text.Length == 0 ? "0s" : text;
    }

    // "2m", "1h30m", "0.5s"; not "2", "2 m" or "1d", which Go does not know.
    [GeneratedRegex(@"\A([0-9]{1,9}(\.[0-9]{1,3})?(ms|h|m|s))+\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Whole();

    [GeneratedRegex(@"(?<number>[0-9]{1,9}(\.[0-9]{1,3})?)(?<unit>ms|h|m|s)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Part();
}
