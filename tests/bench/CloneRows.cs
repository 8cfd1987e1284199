using System.Globalization;
using System.Text.RegularExpressions;

namespace Bench;

/// <summary>What builds: in a clone, so that nothing of this working tree changes; it takes minutes and is asked for.</summary>
internal sealed partial class CloneRows(Runner runner, More more)
{
    private const string Edited = "edited component to its preview";
    private const string EditLimit = "15 s of processor time";
    private const string Component = "infra/Cache/RedisPod.cs";

    // What /proc/stat counts in, on every Linux that .NET runs on
    private const double TicksPerSecond = 100;

    // A compiler that is started anew for each build is slower by half; machines of continuous integration ask for that, who edits has it otherwise
    private static readonly Dictionary<string, string> Servers = new()
    {
        ["UseSharedCompilation"] = "",
        ["MSBUILDDISABLENODEREUSE"] = "",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "",
    };

    private static readonly TimeSpan CleanWall = TimeSpan.FromSeconds(90);

    public async IAsyncEnumerable<Budget> RunAsync()
    {
        if (!more.Edit)
        {
            yield return Budget.Missing(Edited, "left out: it builds a clone first, which ./platform bench --edit does", EditLimit);
        }
        if (!more.Edit && !more.CleanBuild)
        {
            yield break;
        }
        var clone = Directory.CreateTempSubdirectory("platform-bench-");
        try
        {
            (await ProcessTree.RunAsync(["git", "clone", "-q", runner.Root, clone.FullName])).RequireSuccess();
            if (more.CleanBuild)
            {
                var build = Runs.Of(await ProcessTree.RunAsync([$"{clone.FullName}/platform", "build"]));
                yield return new Budget("clean build", build.Text, $"{CleanWall.TotalSeconds:0} s", build.Wall <= CleanWall) { Time = build };
                var tests = Runs.Of(await ProcessTree.RunAsync(["dotnet", "test", $"{clone.FullName}/tests/Tests.csproj", "-c", "Release", "--no-build"]));
                yield return new Budget("all tests", tests.Text, $"{CleanWall.TotalSeconds:0} s", tests.Wall <= CleanWall) { Time = tests };
            }
            if (more.Edit)
            {
                yield return await EditAsync(clone.FullName);
            }
        }
        finally
        {
            clone.Delete(recursive: true);
        }
    }

    private async Task<Budget> EditAsync(string clone)
    {
        (await PreviewAsync()).RequireSuccess();
        var (component, spent, edit) = (Path.Combine(clone, Component), new List<double>(), 0);
        if (!Delay().IsMatch(await File.ReadAllTextAsync(component)))
        {
            throw new InvalidOperationException($"{Component} has no InitialDelaySeconds to edit: the bench edits what a probe waits for");
        }
        var run = await Runs.MeasureAsync(runner.Seldom, async () =>
        {
            await File.WriteAllTextAsync(component, Delay().Replace(await File.ReadAllTextAsync(component), $"InitialDelaySeconds = {++edit}"));
            var before = BusySeconds();
            var preview = await PreviewAsync();
            spent.Add(BusySeconds() - before);
            return preview;
        });
        spent.RemoveAt(0);
        spent.Sort();
        // A compiler that stays behind as a server is nobody's child: the whole machine is asked, which has nothing else to do in a run that counts
        var processor = spent[spent.Count / 2];
        return new Budget(
            Edited, $"{run.Text}, {(processor > 0 ? $"{processor:0.0} s of processor time" : "processor time unknown")}, {run.PeakMegabytes:0} MB", EditLimit,
            processor > 0 ? processor <= 15 : null)
        { Time = run };

        Task<Measurement> PreviewAsync() => ProcessTree.RunAsync([$"{clone}/platform", "preview", "dev"], Servers);
    }

    // "cpu  user nice system idle iowait irq softirq steal ...": all but what is idle, waits, or is another machine's; 0 where there is no such file
    private static double BusySeconds()
    {
        if (!File.Exists("/proc/stat"))
        {
            return 0;
        }
        var ticks = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1).Select(field => long.Parse(field, CultureInfo.InvariantCulture)).ToArray();
        return (ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6]) / TicksPerSecond;
    }

    // What is edited as a user would: a value of a resource
    [GeneratedRegex("InitialDelaySeconds = [0-9]+", RegexOptions.None, 1000)]
    private static partial Regex Delay();
}
