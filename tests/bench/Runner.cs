namespace Bench;

/// <summary>Runs <c>./platform</c> as users do, so often and with so many resources as the run asks.</summary>
/// <param name="root">The repository.</param>
/// <param name="quick">Fewer runs and sizes.</param>
internal sealed class Runner(string root, bool quick)
{
    private const string Synthetic = "tests/bench/synthetic/bin/Release/net10.0/Synthetic.dll";

    public string Root => root;

    public bool Quick => quick;

    /// <summary>How often what takes a second is run.</summary>
    public int Often => quick ? 3 : 7;

    /// <summary>How often what takes many is run.</summary>
    public int Seldom => quick ? 1 : 3;

    /// <summary>How many resources programs and states have, rising.</summary>
    public int[] Sizes => quick ? [1_000, 4_000] : [1_000, 5_000, 20_000];

    /// <summary>The program of <c>tests/bench/synthetic</c>.</summary>
    public string Program => root + "/" + Synthetic;

    public string StartProgram => $"dotnet {Program}";

    public Task<Measurement> PlatformAsync(IEnumerable<string> words, IReadOnlyDictionary<string, string>? variables = null)
        => ProcessTree.RunAsync([$"{root}/platform", .. words], variables);

    /// <summary>Previews a program of so many resources.</summary>
    /// <param name="program">The command that starts it.</param>
    /// <param name="resources">How many.</param>
    /// <param name="kind">What they are: see tests/bench/synthetic.</param>
    public Task<Runs> RehearseAsync(string program, int resources, string kind = "") => Runs.MeasureAsync(Seldom, () => PlatformAsync(
        ["preview", "dev", "--program", program, "--json"],
        new Dictionary<string, string> { ["BENCH_RESOURCES"] = $"{resources}", ["BENCH_KIND"] = kind }));

    /// <summary>Registrations a second, of the time above that of a program with one resource, which is start-up.</summary>
    public static double Rate(int count, Runs run, Runs start) => count / Math.Max(0.001, (run.Wall - start.Wall).TotalSeconds);
}
