namespace Bench;

/// <summary>What one run of a command took.</summary>
/// <param name="Wall">From start to exit.</param>
/// <param name="PeakBytes">The largest sum of resident memory of the process and its descendants; 0 where the system does not tell.</param>
/// <param name="ExitCode">The command's exit code.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Error">What it wrote to standard error.</param>
internal sealed record Measurement(TimeSpan Wall, long PeakBytes, int ExitCode, string Output, string Error)
{
    public Measurement RequireSuccess()
        => ExitCode == 0 ? this : throw new InvalidOperationException($"a measured command ended with exit code {ExitCode}:\n{Error}\n{Output}");

    /// <summary>The last line that it said, which of most programs is the reason of a failure.</summary>
    public string LastLine
        => $"{Output}\n{Error}".Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault("it said nothing");
}

/// <summary>Runs of one command, of which the median counts.</summary>
/// <param name="Median">The run with the median wall time.</param>
/// <param name="Fastest">The shortest wall time.</param>
/// <param name="Slowest">The longest wall time.</param>
/// <param name="Count">How many there were, beside the one that only warms the disk cache.</param>
internal sealed record Runs(Measurement Median, TimeSpan Fastest, TimeSpan Slowest, int Count)
{
    private const double Megabyte = 1024 * 1024;

    public TimeSpan Wall => Median.Wall;

    public double PeakMegabytes => Median.PeakBytes / Megabyte;

    /// <summary>The median with its spread: <c>0.55 s (0.52 to 0.61)</c>.</summary>
    public string Text =>
        Count == 1 ? $"{Wall.TotalSeconds:0.00} s" : $"{Wall.TotalSeconds:0.00} s ({Fastest.TotalSeconds:0.00} to {Slowest.TotalSeconds:0.00})";

    /// <summary>A command that is run once.</summary>
    public static Runs Of(Measurement only) => new(only.RequireSuccess(), only.Wall, only.Wall, 1);

    /// <summary>Runs a command so many times, after one run that only warms the disk cache.</summary>
    public static async Task<Runs> MeasureAsync(int count, Func<Task<Measurement>> run)
    {
        (await run()).RequireSuccess();
        var all = new List<Measurement>();
        for (var i = 0; i < count; i++)
        {
            all.Add((await run()).RequireSuccess());
        }
        all.Sort((one, other) => one.Wall.CompareTo(other.Wall));
        return new Runs(all[count / 2], all[0].Wall, all[^1].Wall, count);
    }
}
