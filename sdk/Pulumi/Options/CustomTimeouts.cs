using System.Globalization;
using System.Text.RegularExpressions;
using Message = Pulumirpc.RegisterResourceRequest.Types.CustomTimeouts;

namespace Pulumi;

/// <summary>How long the provider may take; its own default where nothing is given.</summary>
public sealed partial class CustomTimeouts
{
    public TimeSpan? Create { get; set; }

    public TimeSpan? Update { get; set; }

    public TimeSpan? Delete { get; set; }

    internal static CustomTimeouts OfMessage(Message message) =>
        new()
        {
            Create = Read(message.Create),
            Update = Read(message.Update),
            Delete = Read(message.Delete),
        };

    internal Message ToMessage() => new() { Create = Text(Create), Update = Text(Update), Delete = Text(Delete) };

    /// <summary>A duration as the engine reads it, in nanoseconds.</summary>
    private static string Text(TimeSpan? time) => time is { } given ? FormattableString.Invariant($"{given.Ticks * TimeSpan.NanosecondsPerTick}ns") : "";

    /// <summary>A duration as the engine writes it, for example <c>2h45m</c> or <c>-1.5s</c>.</summary>
    private static TimeSpan? Read(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }
        if (Duration().Match(text) is not { Success: true } match)
        {
            throw new ArgumentException($"invalid duration {text}");
        }
        var ticks = match
            .Groups["number"]
            .Captures.Zip(match.Groups["unit"].Captures, (number, unit) => double.Parse(number.Value, CultureInfo.InvariantCulture) * Ticks(unit.Value))
            .Sum();
        return TimeSpan.FromTicks((long)(match.Groups["sign"].Value == "-" ? -ticks : ticks));
    }

    private static double Ticks(string unit) => unit switch
    {
        "ns" => 1.0 / TimeSpan.NanosecondsPerTick,
        "us" or "µs" => TimeSpan.TicksPerMicrosecond,
        "ms" => TimeSpan.TicksPerMillisecond,
        "s" => TimeSpan.TicksPerSecond,
        "m" => TimeSpan.TicksPerMinute,
        "h" => TimeSpan.TicksPerHour,
        _ => TimeSpan.TicksPerDay,
    };

    [GeneratedRegex("^(?<sign>[-+]?)(?:0|(?:(?<number>[0-9.]+)(?<unit>ns|us|µs|ms|s|m|h|d))+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Duration();
}
