namespace Bench;

/// <summary>The measurements, one method each, in the order of the table.</summary>
/// <param name="root">The repository.</param>
/// <param name="quick">Fewer runs and sizes.</param>
internal sealed class Suite(string root, bool quick)
{
    private const string Synthetic = "tests/bench/synthetic/bin/Release/net10.0/Synthetic.dll";

    private static readonly TimeSpan PreviewWall = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan CleanWall = TimeSpan.FromSeconds(90);

    private readonly int _runs = quick ? 3 : 7;

    private readonly int[] _sizes = quick ? [1_000, 4_000] : [1_000, 5_000, 20_000];

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

    public async IAsyncEnumerable<Budget> RunAsync(bool cleanBuild)
    {
        foreach (var stack in quick ? ["dev"] : new[] { "dev", "prod" })
        {
            await foreach (var row in PreviewAsync(stack))
            {
                yield return row;
            }
        }
        await foreach (var row in SyntheticAsync())
        {
            yield return row;
        }
        await foreach (var row in AgainstStateAsync())
        {
            yield return row;
        }
        await foreach (var row in NodeAsync())
        {
            yield return row;
        }
        await foreach (var row in TerraformAsync())
        {
            yield return row;
        }
        if (!cleanBuild)
        {
            yield break;
        }
        await foreach (var row in CleanAsync())
        {
            yield return row;
        }
    }

    private async IAsyncEnumerable<Budget> PreviewAsync(string stack)
    {
        var run = await Measurement.MedianAsync(_runs, () => ProcessTree.RunAsync([$"{root}/platform", "preview", stack]));
        yield return new Budget(
            $"preview {stack}, already built, wall", $"{run.Wall.TotalSeconds:0.00} s", $"{PreviewWall.TotalSeconds:0.0} s", run.Wall <= PreviewWall);
        yield return new Budget(
            $"preview {stack}, memory of the process tree", $"{run.PeakMegabytes:0} MB", "200 MB", run.PeakBytes == 0 ? null : run.PeakMegabytes <= 200);
    }

    private async IAsyncEnumerable<Budget> SyntheticAsync()
    {
        var times = new List<(int Count, TimeSpan Wall)>();
        var small = await RehearseAsync(BundledProgram, 1);
        foreach (var count in _sizes)
        {
            var run = await RehearseAsync(BundledProgram, count);
            times.Add((count, run.Wall));
            // The wall time of a program with one resource is start-up: what is above it is registration
            var rate = count / Math.Max(0.001, (run.Wall - small.Wall).TotalSeconds);
            yield return new Budget(
                $"synthetic program, {count:N0} resources", $"{run.Wall.TotalSeconds:0.00} s, {rate:N0} registrations/s, {run.PeakMegabytes:0} MB",
                "5,000 registrations/s, 400 MB at 20,000",
                rate >= 5_000 && run.PeakMegabytes <= 400);
        }
        var ((firstCount, first), (lastCount, last)) = (times[0], times[^1]);
        var growth = (last - small.Wall) / (first - small.Wall) / ((double)lastCount / firstCount);
        yield return new Budget($"time per resource, {lastCount:N0} against {firstCount:N0}", $"{growth:0.00}x", "1.2x (linear)", growth <= 1.2);
    }

    // A state of as many resources as the program has, one of a hundred components in another edition
    private async IAsyncEnumerable<Budget> AgainstStateAsync()
    {
        var (count, state) = (_sizes[^1], Directory.CreateTempSubdirectory("platform-state-"));
        try
        {
            var up = (await RunAsync("up", "1")).RequireSuccess();
            yield return new Budget(
                $"update of a stack, {count:N0} resources, its state kept", $"{up.Wall.TotalSeconds:0.00} s, {up.PeakMegabytes:0} MB", "no budget", null);
            var start = await RehearseAsync(BundledProgram, 1);
            var diff = await Measurement.MedianAsync(quick ? 1 : 3, () => RunAsync("preview", "2"));
            var rate = count / Math.Max(0.001, (diff.Wall - start.Wall).TotalSeconds);
            yield return new Budget(
                $"difference of two states, {count:N0} resources each",
                $"{diff.Wall.TotalSeconds:0.00} s, {rate:N0} registrations/s, {diff.PeakMegabytes:0} MB",
                "5,000 registrations/s, 400 MB", rate >= 5_000 && diff.PeakMegabytes <= 400);
        }
        finally
        {
            state.Delete(recursive: true);
        }

        Task<Measurement> RunAsync(string command, string edition) => ProcessTree.RunAsync(
            [$"{root}/platform", command, "dev", "--program", BundledProgram, "--json", "--state", state.FullName],
            new Dictionary<string, string> { ["BENCH_RESOURCES"] = $"{count}", ["BENCH_EDITION"] = edition, ["PULUMI_CONFIG_PASSPHRASE"] = "bench" });
    }

    private async IAsyncEnumerable<Budget> NodeAsync()
    {
        const string What = "bundled SDK against the official Node SDK, 1,000 resources, same engine";
        var install = await ProcessTree.TryRunAsync(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", $"{root}/tests/bench/node"]);
        if (install is not { ExitCode: 0 })
        {
            yield return new Budget(What, install is null ? "no npm on the PATH" : "the npm packages cannot be had", "0.5x", null);
            yield break;
        }
        var node = await RehearseAsync($"node {root}/tests/bench/node/index.js", 1_000);
        var ours = await RehearseAsync(BundledProgram, 1_000);
        var ratio = ours.Wall / node.Wall;
        yield return new Budget(What, $"{ours.Wall.TotalSeconds:0.00} s / {node.Wall.TotalSeconds:0.00} s = {ratio:0.00}x", "0.5x", ratio <= 0.5);
    }

    private async IAsyncEnumerable<Budget> TerraformAsync()
    {
        const string What = "preview against terraform plan, the same 300 AWS resources";
        const int Resources = 300;
        var work = Directory.CreateTempSubdirectory("platform-terraform-");
        try
        {
            File.Copy($"{root}/tests/bench/terraform/main.tf", Path.Combine(work.FullName, "main.tf"));
            var init = await ProcessTree.TryRunAsync(["terraform", $"-chdir={work.FullName}", "init", "-input=false", "-no-color"]);
            if (init is not { ExitCode: 0 })
            {
                yield return new Budget(What, init is null ? "no terraform on the PATH" : "terraform cannot get its AWS provider here", "0.35x", null);
                yield break;
            }
            var theirs = await Measurement.MedianAsync(
                _runs, () => ProcessTree.RunAsync(["terraform", $"-chdir={work.FullName}", "plan", "-input=false", "-no-color", "-refresh=false"]));
            var ours = await RehearseAsync(BundledProgram, Resources, "aws");
            var ratio = ours.Wall / theirs.Wall;
            yield return new Budget(What, $"{ours.Wall.TotalSeconds:0.00} s / {theirs.Wall.TotalSeconds:0.00} s = {ratio:0.00}x", "0.35x", ratio <= 0.35);
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private async IAsyncEnumerable<Budget> CleanAsync()
    {
        var clone = Directory.CreateTempSubdirectory("platform-bench-");
        try
        {
            (await ProcessTree.RunAsync(["git", "clone", "-q", root, clone.FullName])).RequireSuccess();
            var build = (await ProcessTree.RunAsync([$"{clone.FullName}/platform", "build"])).RequireSuccess();
            yield return new Budget("clean build", $"{build.Wall.TotalSeconds:0} s", $"{CleanWall.TotalSeconds:0} s", build.Wall <= CleanWall);
            var tests = (await ProcessTree.RunAsync(
                ["dotnet", "test", $"{clone.FullName}/tests/Tests.csproj", "-c", "Release", "--no-build"])).RequireSuccess();
            yield return new Budget("all tests", $"{tests.Wall.TotalSeconds:0} s", $"{CleanWall.TotalSeconds:0} s", tests.Wall <= CleanWall);
        }
        finally
        {
            clone.Delete(recursive: true);
        }
    }

    private string BundledProgram => $"dotnet {root}/{Synthetic}";

    private Task<Measurement> RehearseAsync(string program, int resources, string kind = "")
        => Measurement.MedianAsync(quick ? 1 : 3, () => ProcessTree.RunAsync(
        [$"{root}/platform", "preview", "dev", "--program", program, "--json"],
        new Dictionary<string, string> { ["BENCH_RESOURCES"] = $"{resources}", ["BENCH_KIND"] = kind }));
}
