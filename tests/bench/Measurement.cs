namespace Bench;

/// <summary>What one run of a command took.</summary>
/// <param name="Wall">From start to exit.</param>
/// <param name="PeakBytes">The largest sum of resident memory of the process and its descendants; 0 where the system does not tell.</param>
/// <param name="ExitCode">The command's exit code.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Error">What it wrote to standard error.</param>
internal sealed record Measurement(TimeSpan Wall, long PeakBytes, int ExitCode, string Output, string Error)
{
    private const double Megabyte = 1024 * 1024;

    public double PeakMegabytes => PeakBytes / Megabyte;

    /// <summary>The run with the median wall time, after one run that only warms the disk cache.</summary>
    public static async Task<Measurement> MedianAsync(int runs, Func<Task<Measurement>> run)
    {
        (await run()).RequireSuccess();
        var all = new List<Measurement>();
        for (var i = 0; i < runs; i++)
        {
            all.Add((await run()).RequireSuccess());
        }
        return all.OrderBy(m => m.Wall).ElementAt(runs / 2);
    }

    public Measurement RequireSuccess()
        => ExitCode == 0 ? this : throw new InvalidOperationException($"a measured command ended with exit code {ExitCode}:\n{Error}\n{Output}");
}
