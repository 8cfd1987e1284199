namespace Bench;

/// <summary>The measurements, in the order in which they are made.</summary>
/// <param name="runner">Runs what is measured.</param>
/// <param name="more">What takes minutes and is asked for.</param>
internal sealed class Suite(Runner runner, More more)
{
    public static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Infra.sln")))
            {
                return folder.FullName;
            }
        }
        throw new InvalidOperationException("the bench belongs to a clone of the repository: no Infra.sln above it");
    }

    public async IAsyncEnumerable<Budget> RunAsync()
    {
        await runner.CompileAheadAsync();
        IAsyncEnumerable<Budget>[] all =
        [
            PreviewsAsync(), SyntheticAsync(), new StateRows(runner).RunAsync(), new OtherTools(runner, more.TerraformPlugins).RunAsync(),
            new CloneRows(runner, more).RunAsync(),
        ];
        foreach (var rows in all)
        {
            await foreach (var row in rows)
            {
                yield return row;
            }
        }
    }

    private async IAsyncEnumerable<Budget> PreviewsAsync()
    {
        foreach (var (stack, wall, memory) in ((string, double, double)[])[("dev", 0.35, 110), ("prod", 0.45, 130)])
        {
            var run = await Runs.MeasureAsync(runner.Often, () => runner.PlatformAsync(["preview", stack]));
            yield return new Budget($"preview {stack}, already built, wall", run.Text, $"{wall:0.00} s", run.Wall.TotalSeconds <= wall) { Time = run };
            yield return new Budget(
                $"preview {stack}, memory of the process tree", $"{run.PeakMegabytes:0} MB", $"{memory:0} MB",
                run.PeakMegabytes == 0 ? null : run.PeakMegabytes <= memory)
            { Time = run };
            yield return await OnStateAsync(stack, run);
        }
        yield return Budget.Unlimited(
            "validation of the settings of prod (config --check)",
            await Runs.MeasureAsync(runner.Often, () => runner.PlatformAsync(["config", "prod", "--check"])));
    }

    // What an update of the same tree has left: everything is read from the state and compared, and nothing differs
    private async Task<Budget> OnStateAsync(string stack, Runs plain)
    {
        var folder = Directory.CreateTempSubdirectory("platform-unchanged-");
        try
        {
            var passphrase = new Dictionary<string, string> { ["PULUMI_CONFIG_PASSPHRASE"] = "bench" };
            (await runner.PlatformAsync(["up", stack, "--state", folder.FullName], passphrase)).RequireSuccess();
            var unchanged = await Runs.MeasureAsync(
                runner.Often, () => runner.PlatformAsync(["preview", stack, "--state", folder.FullName], passphrase));
            return Budget.Compared($"preview {stack} on the state of an update of the same tree, against that without a state", unchanged, plain, 1.2);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async IAsyncEnumerable<Budget> SyntheticAsync()
    {
        var times = new List<(int Count, TimeSpan Wall)>();
        var small = await runner.RehearseAsync(1);
        foreach (var count in runner.Sizes)
        {
            var run = await runner.RehearseAsync(count);
            times.Add((count, run.Wall));
            var rate = Runner.Rate(count, run, small);
            yield return new Budget(
                $"synthetic program, {count:N0} resources", $"{run.Text}, {rate:N0} registrations/s, {run.PeakMegabytes:0} MB",
                "10,000 registrations/s, 300 MB at 20,000",
                rate >= 10_000 && run.PeakMegabytes <= 300)
            { Time = run };
        }
        var ((firstCount, first), (lastCount, last)) = (times[0], times[^1]);
        var growth = (last - small.Wall) / (first - small.Wall) / ((double)lastCount / firstCount);
        yield return new Budget($"time per resource, {lastCount:N0} against {firstCount:N0}", $"{growth:0.00}x", "1.1x (linear)", growth <= 1.1)
        { Ratio = growth };
    }
}

/// <summary>What the command line asks for beside the run itself.</summary>
/// <param name="CleanBuild">Build and test a clone.</param>
/// <param name="Edit">Edit a component of a clone and preview.</param>
/// <param name="TerraformPlugins">A folder with Terraform providers; null without one.</param>
internal sealed record More(bool CleanBuild, bool Edit, string? TerraformPlugins);
