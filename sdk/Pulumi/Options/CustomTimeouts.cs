namespace Pulumi;

/// <summary>How long the provider may take; its own default where nothing is given.</summary>
public sealed class CustomTimeouts
{
    public TimeSpan? Create { get; set; }

    public TimeSpan? Update { get; set; }

    public TimeSpan? Delete { get; set; }

    /// <summary>A duration as the engine reads it, in nanoseconds.</summary>
    internal static string Text(TimeSpan? time) => time is { } given ? FormattableString.Invariant($"{given.Ticks * TimeSpan.NanosecondsPerTick}ns") : "";
}
