using System.Globalization;
using System.Text.RegularExpressions;

namespace Rehearsal.Rendering;

/// <summary>Durations as Go and Pulumi write them: <c>30m</c>, <c>1h30m</c>, <c>1.5s</c>, <c>250ms</c>.</summary>
public static partial class GoDuration
{
    /// <summary>The duration in seconds; null when the text is none.</summary>
    public static double? Seconds(string text)
    {
        var whole = Whole().Match(text);
        if (!whole.Success) return null;
        return Parts().Matches(text).Sum(part => double.Parse(part.Groups["number"].Value, CultureInfo.InvariantCulture) * Unit(part.Groups["unit"].Value));
    }

    private static double Unit(string unit) => unit switch
    {
        "h" => 3600,
        "m" => 60,
        "s" => 1,
        "ms" => 1e-3,
        "ns" => 1e-9,
        _ => 1e-6,
    };

    [GeneratedRegex(@"^(\d+(\.\d+)?(h|ms|m|s|us|µs|ns))+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Whole();

    [GeneratedRegex(@"(?<number>\d+(\.\d+)?)(?<unit>h|ms|m|s|us|µs|ns)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parts();
}
