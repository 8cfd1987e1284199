namespace Bench;

/// <summary>Runs <c>./platform</c> as users do, so often and with so many resources as the run asks.</summary>
/// <param name="root">The repository.</param>
/// <param name="quick">Fewer runs and sizes.</param>
internal sealed class Runner(string root, bool quick)
{
    private const string Built = "tests/bench/synthetic/bin/Release/net10.0/";
    private const string Ahead = ".platform/bench/";

    public string Root => root;

    public bool Quick => quick;

    /// <summary>How often what takes a second is run.</summary>
    public int Often => quick ? 3 : 7;

    /// <summary>How often what takes many is run.</summary>
    public int Seldom => quick ? 1 : 3;

    /// <summary>How many resources programs and states have, rising.</summary>
    public int[] Sizes => quick ? [1_000, 4_000] : [1_000, 5_000, 20_000];

    /// <summary>The program of <c>tests/bench/synthetic</c>, as a compiler of C# makes it.</summary>
    public string Program => $"{root}/{Built}Synthetic.dll";

    public string StartProgram => $"dotnet {Program}";

    /// <summary>
    /// Compiles it ahead of time, as <c>./platform</c> does with the program of the platform. Where the compiler cannot be had, it is measured as it is, as the
    /// platform's is then.
    /// </summary>
    public async Task CompileAheadAsync()
    {
        var made = await ProcessTree.RunAsync(
            ["dotnet", "build", $"{root}/rehearsal/ready-to-run/ReadyToRun.csproj", "-c", "Release", "-v", "q", "-nologo", $"-p:Program={root}/{Built}",
                $"-p:App={root}/{Ahead}", $"-p:BaseIntermediateOutputPath={root}/.platform/bench-ahead/", "-p:Native=true"]);
        if (made.ExitCode != 0)
        {
            await Console.Error.WriteLineAsync($"The program of the bench runs as it was built: {made.LastLine}");
        }
    }

    public Task<Measurement> PlatformAsync(IEnumerable<string> words, IReadOnlyDictionary<string, string>? variables = null)
        => ProcessTree.RunAsync([$"{root}/platform", .. words], variables);

    /// <summary>Previews another program of so many resources.</summary>
    /// <param name="program">The command that starts it.</param>
    /// <param name="resources">How many.</param>
    public Task<Runs> RehearseAsync(string program, int resources) => Runs.MeasureAsync(Seldom, () => PlatformAsync(
        ["preview", "dev", "--program", program, "--json"], new Dictionary<string, string> { ["BENCH_RESOURCES"] = $"{resources}" }));

    /// <summary>Previews the program of <c>tests/bench/synthetic</c> in the place of the platform's, and so as that one is started.</summary>
    /// <param name="resources">How many it registers.</param>
    /// <param name="kind">What they are: see tests/bench/synthetic.</param>
    public Task<Runs> RehearseAsync(int resources, string kind = "")
        => Runs.MeasureAsync(Seldom, () => SyntheticAsync(["preview", "dev", "--json"], resources, kind: kind));

    /// <summary>Runs a command about it once.</summary>
    /// <param name="words">The command.</param>
    /// <param name="resources">How many it registers.</param>
    /// <param name="edition">In which edition.</param>
    /// <param name="kind">What they are.</param>
    public Task<Measurement> SyntheticAsync(IEnumerable<string> words, int resources, string edition = "", string kind = "") => PlatformAsync(
        words, new Dictionary<string, string>
        {
            ["PLATFORM_PROGRAM"] = File.Exists($"{root}/{Ahead}stacks/Synthetic.dll") ? $"{root}/{Ahead}stacks/Synthetic.dll" : Program,
            ["BENCH_RESOURCES"] = $"{resources}",
            ["BENCH_KIND"] = kind,
            ["BENCH_EDITION"] = edition,
            ["PULUMI_CONFIG_PASSPHRASE"] = "bench",
        });

    /// <summary>Registrations a second, of the time above that of a program with one resource, which is start-up.</summary>
    public static double Rate(int count, Runs run, Runs start) => count / Math.Max(0.001, (run.Wall - start.Wall).TotalSeconds);
}
