namespace Tests.Counts;

/// <summary>How much of something there may be. Raised here and nowhere else, on purpose: with what made it dearer in the commit's message.</summary>
/// <param name="What">What is counted.</param>
/// <param name="Unit">What one of it is called.</param>
/// <param name="Counted">What was counted when the bound was set, on 2026-11-26 with .NET 10.0 and <c>PulumiSdk=bundled</c>.</param>
/// <param name="Headroom">By what factor more there may be.</param>
internal sealed record Bound(string What, string Unit, double Counted, double Headroom)
{
    // Allocations differ a little by what the compiler has optimized by then; the other counts by the version of the runtime, or not at all.
    private const double OfAllocations = 1.25;

    public static readonly Bound PreviewOfNothing = new("the engine, for a resource that is new in a preview", "bytes allocated", 10_200, OfAllocations);

    public static readonly Bound Update = new("the engine, for a resource that an update makes", "bytes allocated", 11_800, OfAllocations);

    public static readonly Bound PreviewOfState = new(
        "the engine, for a resource that a preview finds as the state has it", "bytes allocated", 12_100, OfAllocations);

    public static readonly Bound Growth = new("a resource of the second half of a program against one of the first", "times as many bytes allocated", 1, 1.15);

    public static readonly Bound Registration = new("SDK, connection and engine together, for a resource", "bytes allocated", 34_000, OfAllocations);

    public static readonly Bound CallsOfAProgram = new("a program that registers nothing but its stack", "calls to the engine", 5, 1);

    public static readonly Bound CallsPerResource = new("a program, for each of its resources", "calls to the engine", 1, 1);

    public static readonly Bound CallsPerComponent = new("a program, for each of its components", "calls to the engine", 2, 1);

    public static readonly Bound EngineAssemblies = new("the engine in a preview of dev", "assemblies loaded", 55, 1.05);

    public static readonly Bound ProgramAssemblies = new("the program in a preview of dev", "assemblies loaded", 41, 1.05);

    public static readonly Bound PlanOfDev = new("the plan of dev as JSON", "bytes", 174_095, 1.25);

    public double Most => Math.Round(Counted * Headroom, 2);

    /// <summary>Fails where there is more, and where there is so little that the bound guards nothing.</summary>
    /// <param name="count">What there is.</param>
    /// <param name="parts">What it is made of, for who has to find the one too many.</param>
    public void Holds(double count, IEnumerable<string>? parts = null)
    {
        var found = $"{What}: {count:#,0.##} {Unit}; the bound is {Most:#,0.##} ({Counted:#,0.##} were counted when it was set). ";
        var made = parts is null ? "" : $"\n{string.Join('\n', parts)}";
        (count <= Most).ShouldBeTrue($"{found}A bound is raised on purpose and in one place, tests/Counts/Bound.cs, with the reason in the commit.{made}");
        (count >= Most / 2).ShouldBeTrue($"{found}That is less than half: lower it in tests/Counts/Bound.cs, or nobody sees what comes back.{made}");
    }
}

/// <summary>What a bound says.</summary>
public sealed class BoundTests
{
    private static readonly Bound Example = new("a plan", "bytes", 1_000, 1.25);

    [Theory]
    [InlineData(625)]
    [InlineData(1_000)]
    [InlineData(1_250)]
    public void Takes_WhatIsInside(double count) => Should.NotThrow(() => Example.Holds(count));

    [Theory]
    [InlineData(1_251, "a plan: 1,251 bytes; the bound is 1,250 (1,000 were counted when it was set). "
        + "A bound is raised on purpose and in one place, tests/Counts/Bound.cs, with the reason in the commit.\none\ntwo")]
    [InlineData(624, "a plan: 624 bytes; the bound is 1,250 (1,000 were counted when it was set). "
        + "That is less than half: lower it in tests/Counts/Bound.cs, or nobody sees what comes back.\none\ntwo")]
    public void Rejects_WhatIsOutside_WithTheNumberTheBoundAndItsPlace(double count, string said) =>
        Should.Throw<ShouldAssertException>(() => Example.Holds(count, ["one", "two"])).Message.ShouldContain(said);
}
