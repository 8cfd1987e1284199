using System.Diagnostics;

namespace Tests.Architecture;

/// <summary>The <c>platform</c> script in a folder of its own, with a <c>dotnet</c> that only writes down how it is called.</summary>
public sealed class PlatformScriptTests : IDisposable
{
    private const string Dotnet = """
        #!/usr/bin/env bash
        echo "$1 ${2##*/}" >> "$CALLS"
        [ "$1" = build ] || exit 0
        name=${2##*/}
        folder=${2%/*}/bin/Release/net10.0
        mkdir -p "$folder"
        touch "$folder/${name%.csproj}.dll"

        """;

    private static readonly string[] Rooms = ["infra", "stacks", "rehearsal", "sdk"];

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("script test ");

    public PlatformScriptTests()
    {
        foreach (var room in Rooms) Directory.CreateDirectory(At("clone", room));
        File.Copy(Path.Combine(AppContext.BaseDirectory, "platform"), At("clone", "platform"));
        Directory.CreateDirectory(At("tools"));
        File.WriteAllText(At("tools", "dotnet"), Dotnet);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(At("tools", "dotnet"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.WriteAllText(At("calls"), "");
    }

    [Fact]
    public async Task SecondPreview_DoesNotBuildAgain()
    {
        (await RunAsync("preview", "dev")).ExitCode.ShouldBe(0);
        (await RunAsync("preview", "dev")).ExitCode.ShouldBe(0);

        Calls().ShouldBe(["build Rehearsal.csproj", "build Stacks.csproj", "build ReadyToRun.csproj", "Rehearsal.dll preview", "Rehearsal.dll preview"]);
    }

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
    public async Task EditedSource_IsBuiltAgain()
    {
        await RunAsync("preview", "dev");
        File.WriteAllText(At("clone", "infra", "New.cs"), "");
        File.SetLastWriteTimeUtc(At("clone", "infra", "New.cs"), DateTime.UtcNow.AddMinutes(1));
        await RunAsync("preview", "dev");

        Calls().Count(call => call == "build Stacks.csproj").ShouldBe(2);
    }

    [Fact]
    public async Task OtherSdk_IsBuiltAgain_AlsoOnTheWayBack()
    {
        foreach (var sdk in (string[])["bundled", "nuget", "bundled"]) await RunAsync("preview", "dev", sdk);

        Calls().Count(call => call == "build Stacks.csproj").ShouldBe(3);
    }

    [Fact]
    public async Task TwoAtOnce_BuildOnce()
    {
        var both = await Task.WhenAll(RunAsync("preview", "dev"), RunAsync("preview", "prod"));

        both.Select(run => run.ExitCode).ShouldBe([0, 0]);
        Calls().Count(call => call == "build Stacks.csproj").ShouldBe(1);
    }

    [Fact]
    public async Task LockOfADeadProcess_IsTakenOver()
    {
        using var ended = Process.Start(new ProcessStartInfo("true") { UseShellExecute = false })!;
        await ended.WaitForExitAsync();
        Directory.CreateDirectory(At("clone", ".platform"));
        File.CreateSymbolicLink(At("clone", ".platform", "lock"), $"{ended.Id}");

        (await RunAsync("preview", "dev")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task UnknownCommand_BuildsNothing()
    {
        var run = await RunAsync("preveiw", "dev");

        run.ShouldBe((2, "There is no command 'preveiw'.\nSee './platform help'.\n"));
        Calls().ShouldBeEmpty();
    }

    [Fact]
    public async Task Link_LeadsToTheClone()
    {
        File.CreateSymbolicLink(At("link"), At("clone", "platform"));

        (await RunAsync("preview", "dev", script: At("link"))).ExitCode.ShouldBe(0);
        Calls()[^1].ShouldBe("Rehearsal.dll preview");
    }

    [Fact]
    public async Task UnknownSdk_IsRefused()
        => (await RunAsync("preview", "dev", "latest")).ShouldBe((2, "PulumiSdk is 'latest' in the environment: allowed are 'nuget' and 'bundled'.\n"));

    public void Dispose() => _home.Delete(recursive: true);

    private string At(params string[] parts) => Path.Combine([_home.FullName, .. parts]);

    private string[] Calls() => [.. File.ReadAllLines(At("calls")).Select(call => call.StartsWith('/') ? call[(call.LastIndexOf('/') + 1)..] : call)];

    private async Task<(int ExitCode, string Error)> RunAsync(string command, string stack, string sdk = "bundled", string? script = null)
    {
        var start = new ProcessStartInfo("bash", [script ?? At("clone", "platform"), command, stack]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["PATH"] = $"{At("tools")}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["CALLS"] = At("calls");
        start.Environment["PulumiSdk"] = sdk;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await output;
        await process.WaitForExitAsync();
        return (process.ExitCode, error);
    }
}
