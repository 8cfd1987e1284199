using System.Diagnostics;
using System.Globalization;

namespace Bench;

/// <summary>Runs a command and measures its wall time and the largest memory that it and its descendants held together.</summary>
internal static class ProcessTree
{
    private const int PageBytes = 4096;

    // Short against a run of a second, long enough that reading /proc costs little of a core.
    private static readonly TimeSpan SampleEvery = TimeSpan.FromMilliseconds(10);

    /// <summary>Runs the command to its end.</summary>
    /// <param name="command">The executable and its arguments.</param>
    /// <param name="environment">Variables added to the caller's.</param>
    public static async Task<Measurement> RunAsync(IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} does not start");
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        var ended = process.WaitForExitAsync();
        long peak = 0;
        while (!ended.IsCompleted)
        {
            peak = Math.Max(peak, ResidentBytes(process.Id));
            await Task.WhenAny(ended, Task.Delay(SampleEvery));
        }
        clock.Stop();
        return new Measurement(clock.Elapsed, peak, process.ExitCode, await output, await error);
    }

    /// <summary>The measurement, or null where the command is not on this machine.</summary>
    public static async Task<Measurement?> TryRunAsync(IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? environment = null)
    {
        try
        {
            return await RunAsync(command, environment);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static long ResidentBytes(int root)
    {
        if (!Directory.Exists("/proc"))
        {
            return 0;
        }
        var parents = new Dictionary<int, int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && ParentOf(pid) is { } parent)
            {
                parents[pid] = parent;
            }
        }
        return parents.Keys.Append(root).Distinct().Where(pid => Descends(pid, root, parents)).Sum(ResidentOf);
    }

    private static bool Descends(int pid, int root, Dictionary<int, int> parents)
    {
        while (pid != root)
        {
            if (!parents.TryGetValue(pid, out pid))
            {
                return false;
            }
        }
        return true;
    }

    // /proc/<pid>/stat: "1234 (dotnet) S 1233 ..."; the name may hold spaces and parentheses, so what follows the last one counts
    private static int? ParentOf(int pid)
        => Read($"/proc/{pid}/stat") is { } stat ? int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture) : null;

    // /proc/<pid>/statm: "total resident shared ...", in pages
    private static long ResidentOf(int pid)
        => Read($"/proc/{pid}/statm") is { Length: > 0 } statm ? long.Parse(statm.Split(' ')[1], CultureInfo.InvariantCulture) * PageBytes : 0;

    private static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return null; // The process has ended between the listing and the reading
        }
    }
}
