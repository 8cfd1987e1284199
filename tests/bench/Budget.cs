namespace Bench;

/// <summary>One row of the result: a figure, what it may be at most or must be at least, and whether it is.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Figure">The measured figure with its unit, or why there is none.</param>
/// <param name="Limit">The budget (docs/performance.md) with its unit.</param>
/// <param name="Held">Whether the figure is inside it; null where nothing could be measured, or nothing is asked.</param>
internal sealed record Budget(string What, string Figure, string Limit, bool? Held)
{
    private const string None = "no budget";

    /// <summary>The runs behind the figure; of a ratio those of this repository.</summary>
    public Runs? Time { get; init; }

    /// <summary>The other side of a ratio.</summary>
    public Runs? Against { get; init; }

    /// <summary>How many times the other side's wall time it took, of a row that compares.</summary>
    public double? Ratio { get; init; }

    /// <summary>A row that is there to be looked at.</summary>
    /// <param name="what">What was measured.</param>
    /// <param name="time">How long it took.</param>
    /// <param name="more">What else is known, behind a comma.</param>
    public static Budget Unlimited(string what, Runs time, string more = "") =>
        new(what, $"{time.Text}{more}, {time.PeakMegabytes:0} MB", None, null) { Time = time };

    /// <summary>A row for which something is missing here: it counts neither way.</summary>
    public static Budget Missing(string what, string why, string limit = None) => new(what, why, limit, null);

    /// <summary>A row that compares two programs.</summary>
    /// <param name="what">What was compared.</param>
    /// <param name="ours">This repository's side.</param>
    /// <param name="theirs">The other side.</param>
    /// <param name="wall">How many times the other's wall time is allowed.</param>
    /// <param name="memory">How many times the other's memory is allowed, where there is a limit.</param>
    public static Budget Compared(string what, Runs ours, Runs theirs, double wall, double? memory = null)
    {
        var ratio = ours.Wall / theirs.Wall;
        var (figure, limit) = ($"{ours.Text} / {theirs.Text} = {ratio:0.00}x", $"{wall:0.0#}x");
        if (theirs.PeakMegabytes == 0)
        {
            return new Budget(what, figure, limit, ratio <= wall) { Time = ours, Against = theirs, Ratio = ratio };
        }
        var resident = ours.PeakMegabytes / theirs.PeakMegabytes;
        return new Budget(
            what, $"{figure}; {ours.PeakMegabytes:0} MB / {theirs.PeakMegabytes:0} MB = {resident:0.00}x",
            memory is null ? limit : $"{limit}; {memory:0.0#}x memory",
            ratio <= wall && (memory is null || resident <= memory))
        { Time = ours, Against = theirs, Ratio = ratio };
    }
}
