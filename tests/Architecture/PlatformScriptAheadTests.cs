namespace Tests.Architecture;

// Promise: what the script starts was compiled ahead of time where that can be had, by who waits for a build anyway, and is never older than what was built.
public sealed partial class PlatformScriptTests
{
    [Fact]
    public async Task ProgramsCompiledAheadOfTime_AreStartedInstead()
    {
        foreach (var (room, name) in ((string, string)[])[("rehearsal", "Rehearsal.dll"), ("stacks", "Stacks.dll")])
        {
            Directory.CreateDirectory(At("clone", ".platform", "app", room));
            File.WriteAllText(At("clone", ".platform", "app", room, name), "");
        }

        await RunAsync("preview", "dev");

        File.ReadAllLines(At("calls"))[^1].ShouldBe($"{At("clone", ".platform", "app", "rehearsal", "Rehearsal.dll")} preview");
    }

    [Fact]
    public async Task EditedSource_IsBuiltAgain_ButNotCompiledAhead()
    {
        await RunAsync("preview", "dev");
        Edit("infra");
        await RunAsync("preview", "dev");

        Calls()
            .ShouldBe([
                "build Preview.slnf",
                "build ReadyToRun.csproj",
                "Rehearsal.dll preview",
                "build Preview.slnf",
                "build ReadyToRun.csproj edited",
                "Rehearsal.dll preview",
            ]);
    }

    // It takes a minute to compile, which nobody waits for who wants a preview.
    [Fact]
    public async Task NativeEngine_IsMadeForWhoWaitsForABuildAnyway_AndStartedFromThenOn()
    {
        await RunAsync("preview", "dev");
        await RunAsync("build", "-v");
        await RunAsync("preview", "dev");
        Edit("infra");
        await RunAsync("preview", "dev");

        Calls().ShouldBe([
            "build Preview.slnf", "build ReadyToRun.csproj", "Rehearsal.dll preview",
            "build Infra.sln checked", "publish Native.csproj", "build ReadyToRun.csproj", "rehearse preview",
            "build Preview.slnf", "build ReadyToRun.csproj edited", "rehearse preview",
        ]);
    }

    [Fact]
    public async Task NativeEngine_OfAnotherEngineThanTheOneBuilt_IsNoMore_UntilTheNextBuild()
    {
        await RunAsync("build", "-v");
        Edit("rehearsal");
        await RunAsync("preview", "dev", engine: "edited");
        Directory.Exists(At("clone", ".platform", "app", "native")).ShouldBeFalse();
        await RunAsync("build", "-v", engine: "edited");
        await RunAsync("preview", "dev", engine: "edited");

        Calls().Where(call => !call.StartsWith("build", StringComparison.Ordinal)).ShouldBe([
            "publish Native.csproj", "Rehearsal.dll preview", "publish Native.csproj", "rehearse preview",
        ]);
    }

    [Theory]
    [InlineData("error NU1101: Unable to find package microsoft.dotnet.ilcompiler.", 1)]
    [InlineData("error MSB3073: The command exited with code 1.", 2)]
    public async Task NativeCompilerThatCannotBeHad_IsNotAskedForAgain_OneThatFailedIs(string error, int times)
    {
        for (var run = 0; run < 2; run++)
        {
            (await RunAsync("build", "-v", compiler: error)).ExitCode.ShouldBe(0);
            Edit("infra");
        }
        await RunAsync("preview", "dev");

        (Calls().Count(call => call == "publish Native.csproj"), Calls()[^1]).ShouldBe((times, "Rehearsal.dll preview"));
    }

    [Theory]
    [InlineData("error NU1101: Unable to find package microsoft.netcore.app.crossgen2.linux-x64.", 2)]
    [InlineData("error MSB3073: The command exited with code 1.", 3)]
    public async Task CompilerThatCannotBeHad_IsNotAskedForAgain_OneThatFailedIs(string error, int builds)
    {
        for (var run = 0; run < 2; run++)
        {
            (await RunAsync("preview", "dev", compiler: error)).ExitCode.ShouldBe(0);
            Edit("infra");
        }

        Calls().Count(call => call.StartsWith("build", StringComparison.Ordinal)).ShouldBe(builds + 1);
    }
}
