using System.Text.RegularExpressions;
using Tests.Support;

namespace Tests.Architecture;

// Promise: a build happens when something was edited that a compiler reads, says what it does, and when it fails for the machine's sake says that, with
// the fix.
[Trait(Long.Category, Long.Name)]
public sealed partial class BuildsTests : IDisposable
{
    private readonly ScriptClone _clone = new();

    [Theory]
    [InlineData("stacks/examples/Pulumi.new.yaml")]
    [InlineData("stacks/plans/dev.yaml")]
    [InlineData("Pulumi.dev.yaml")]
    [InlineData("README.md")]
    [InlineData("docs/studios.md")]
    [InlineData("sdk/README.md")]
    [InlineData("sdk/schema/README.md")]
    [InlineData("sdk/schema/extract/extract.cjs")]
    [InlineData("tests/NewTests.cs")]
    [InlineData("operate/New.cs")]
    [InlineData("infra/.Redis.cs.swp")]
    [InlineData("infra/#Redis.cs#")]
    [InlineData("infra/Redis.cs~")]
    [InlineData("infra/bin/Release/net10.0/Infra.dll")]
    [InlineData("infra/obj/project.assets.json")]
    public async Task FileThatNoPreviewIsCompiledFrom_BuildsNothing(string path)
    {
        await _clone.RunAsync("preview dev");
        _clone.Edit(path);
        (await _clone.RunAsync("preview dev")).Error.ShouldBe("");
        File.Delete(_clone.At(path));
        await _clone.RunAsync("preview dev");

        _clone.Builds.ShouldBe(1);
    }

    [Theory]
    [InlineData("infra/Redis.cs")]
    [InlineData("infra/Cache/New.cs")]
    [InlineData("infra/CodeStudios/Scripts/supervise")]
    [InlineData("infra/Dns/public-suffixes.txt")]
    [InlineData("infra/Versions/versions.json")]
    [InlineData("sdk/schema/aws.json")]
    [InlineData("sdk/protocol/pulumi/resource.proto")]
    [InlineData("rehearsal/Programs/python_runner.py")]
    [InlineData("rehearsal/ready-to-run/ReadyToRun.csproj")]
    [InlineData("rehearsal/native/Native.csproj")]
    [InlineData("stacks/Stacks.csproj")]
    [InlineData("Directory.Build.props")]
    [InlineData("Directory.Packages.props")]
    [InlineData("global.json")]
    [InlineData(".editorconfig")]
    public async Task FileThatIsCompiled_BuildsOnceMore_AndOnceMoreWhenItIsGone(string path)
    {
        await _clone.RunAsync("preview dev");
        _clone.Edit(path);
        await _clone.RunAsync("preview dev");
        await _clone.RunAsync("preview prod");
        _clone.Builds.ShouldBe(2);

        File.Delete(_clone.At(path));
        await _clone.RunAsync("preview dev");
        await _clone.RunAsync("preview dev");
        _clone.Builds.ShouldBe(3);
    }

    // As `git checkout` of a file does, or a move from elsewhere: nothing in it is newer than the build.
    [Fact]
    public async Task FileThatComesWithAnOldDate_IsBuilt()
    {
        await _clone.RunAsync("preview dev");
        _clone.Edit("infra/Old.cs");
        File.SetLastWriteTimeUtc(_clone.At("infra/Old.cs"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await _clone.RunAsync("preview dev");

        _clone.Builds.ShouldBe(2);
    }

    [Fact]
    public async Task FileThatIsEditedDuringTheBuild_IsBuiltTheNextTime()
    {
        _clone.Hold();
        var first = _clone.RunAsync("preview dev");
        while (_clone.Builds == 0)
        {
            await Task.Delay(20);
        }
        _clone.Edit();
        _clone.Release();
        await first;
        await _clone.RunAsync("preview dev");

        _clone.Builds.ShouldBe(2);
    }

    // What a project embeds or copies must be among what the script looks at.
    [Fact]
    public void WhateverProjectsEmbed_IsLookedAt()
    {
        var skipped = new Regex(@"\.md$|/\.|~$|/#|^stacks/(examples|plans)/|^sdk/schema/extract/", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        string[] rooms = ["infra", "stacks", "rehearsal", "sdk"];
        var included = rooms.SelectMany(room => Directory.EnumerateFiles(Path.Combine(Repository.Root, room), "*.csproj", SearchOption.AllDirectories))
            .SelectMany(project => Embedded().Matches(File.ReadAllText(project)).Select(match =>
                Path.GetRelativePath(Repository.Root, Path.Combine(Path.GetDirectoryName(project)!, match.Groups["path"].Value)))).ToList();

        included.ShouldContain("infra/Versions/versions.json");
        included.ShouldContain("sdk/schema/*.json");
        included.Where(path => skipped.IsMatch(path) || !rooms.Contains(path.Split('/')[0])).ShouldBeEmpty();
    }

    // Each text is what the .NET SDK 10.0.401 wrote when it was tried.
    [Theory]
    [InlineData(
        "A compatible .NET SDK was not found.\n\nRequested SDK version: 10.0.100\nglobal.json file: /x/global.json\n\nInstalled SDKs:\n",
        "The .NET SDK 10 is needed (10.0.100 or a later feature of it, says global.json), and TOOLS/dotnet has 8.0.404.",
        "Install it:  apt-get install dotnet-sdk-10.0")]
    [InlineData(
        "System.UnauthorizedAccessException: Access to the path '/home/anna/.dotnet' is denied.\n ---> System.IO.IOException: Permission denied\n",
        "The home folder is read-only for USER: dotnet cannot write /home/anna/.dotnet.",
        "Give dotnet and NuGet a folder that you may write:  export DOTNET_CLI_HOME=/tmp/dotnet-")]
    [InlineData(
        "The user's home directory could not be determined. Set the 'DOTNET_CLI_HOME' environment variable to specify the directory to use.",
        "dotnet and NuGet keep files in the home folder, and HOME is '/home/anna', which is not there or not yours to write.",
        "Give dotnet and NuGet a folder that you may write:  export DOTNET_CLI_HOME=/tmp/dotnet-")]
    [InlineData(
        "/usr/share/dotnet/sdk/10.0.401/NuGet.targets(198,5): error : Access to the path 'CLONE/infra/obj/c4aff4b8.tmp' is denied. [CLONE/infra/Infra.csproj]",
        "dotnet cannot write CLONE/infra/obj/c4aff4b8.tmp.", "It belongs to another user (a build by root, perhaps) or is read-only: sudo chown -R")]
    [InlineData(
        "/usr/share/dotnet/sdk/10.0.401/NuGet.targets(198,5): error : Read-only file system : '/srv/packages/x' [CLONE/infra/Infra.csproj]",
        "dotnet cannot write /srv/packages/x.", "NuGet keeps packages there because NUGET_PACKAGES says so")]
    [InlineData(
        "CLONE/infra/Infra.csproj : error NU1301: Unable to load the service index for source https://127.0.0.1:9/v3/index.json.\n"
        + "CLONE/infra/Infra.csproj : error NU1301:   Connection refused (127.0.0.1:9)\nCLONE/infra/Infra.csproj : error NU1301:   Connection refused",
        "The package feed https://127.0.0.1:9/v3/index.json cannot be reached: Connection refused (127.0.0.1:9).",
        "Look at the network and the proxy (HTTPS_PROXY)")]
    [InlineData(
        "CLONE/infra/Infra.csproj : error NU1301: Unable to load the service index for source https://feed.invalid/v3/index.json.\n"
        + "CLONE/infra/Infra.csproj : error NU1301:   Name or service not known (feed.invalid:443)",
        "The package feed https://feed.invalid/v3/index.json cannot be reached: Name or service not known (feed.invalid:443).", "Look at the network")]
    [InlineData(
        "CLONE/infra/Infra.csproj : error NU1301: Unable to load the service index for source https://feed.example/v3/index.json.\n"
        + "CLONE/infra/Infra.csproj : error NU1301:   Response status code does not indicate success: 401 (Unauthorized).",
        "The package feed https://feed.example/v3/index.json cannot be reached: Response status code does not indicate success: 401 (Unauthorized).",
        "It wants other credentials: dotnet nuget update source")]
    [InlineData(
        "CLONE/infra/Infra.csproj : error NU1301: The local source '/nonexistent/feed' doesn't exist.",
        "The package feed /nonexistent/feed is a folder that is not there.",
        "Mount it, or take it out")]
    [InlineData(
        "CLONE/infra/Infra.csproj : error NU1101: Unable to find package YamlDotNet. No packages exist with this id in source(s): mirror [CLONE/x.csproj]",
        "No feed has the package YamlDotNet in the version that is asked for.", "See 'dotnet nuget list source'.")]
    [InlineData(
        "CLONE/infra/Infra.csproj : error NU1102: Unable to find package YamlDotNet with version (>= 99.0.0)\n"
        + "CLONE/infra/Infra.csproj : error NU1102:   - Found 8 version(s) in mirror [ Nearest version: 18.1.0 ]",
        "No feed has the package YamlDotNet in the version that is asked for.", "See 'dotnet nuget list source'.")]
    [InlineData(
        "/usr/share/dotnet/sdk/10.0.401/NuGet.targets(198,5): error : No space left on device : '/small/obj/9bf66b3e.tmp' [CLONE/infra/Infra.csproj]",
        "The disk is full, or your quota of it: /small/obj/9bf66b3e.tmp could not be written.", "Make room and run the same command again")]
    [InlineData(
        "csc : error MSB6006: \"csc\" exited with code 137.", "The compiler was killed: most likely the machine or container ran out of memory.",
        "Give it 4 GB")]
    public async Task BuildThatFailsForTheMachinesSake_SaysSo(string said, string cause, string fix)
    {
        var root = _clone.At("").TrimEnd('/');
        foreach (var (sdk, log) in ((string, string)[])[("bundled", "build.log"), ("", "restore.log")])
        {
            var (exitCode, _, error) = await _clone.RunAsync(
                "preview dev", ("SAYS", Here(said)), ("ENDS", "1"), ("PulumiSdk", sdk), ("HOME", "/home/anna"), ("NUGET_PACKAGES", "/srv/packages"));

            exitCode.ShouldBe(2, error);
            var lines = error.TrimEnd('\n').Split('\n').Where(line => !line.StartsWith("Building", StringComparison.Ordinal)).ToArray();
            (lines[0], lines[2], lines.Length).ShouldBe((Here(cause), $"The whole log: .platform/{log}", 3));
            lines[1].ShouldStartWith(fix);
        }

        string Here(string text) => text.Replace("CLONE", root, StringComparison.Ordinal).Replace("USER", Environment.UserName, StringComparison.Ordinal)
            .Replace("TOOLS", Path.GetFullPath(Path.Combine(root, "..", "tools")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CompilerThatIsKilled_IsSaidToBe()
        => (await _clone.RunAsync("preview dev", ("SAYS", "  Compiling Infra"), ("ENDS", "137"))).Error.ShouldContain(
        "The compiler was killed: most likely the machine or container ran out of memory.");

    [Fact]
    public async Task CodeThatDoesNotCompile_ShowsItsErrorsOnce()
    {
        var (exitCode, _, error) = await _clone.RunAsync(
            "preview dev",
            ("SAYS", "  Compiling Infra\n/x/A.cs(1,2): error CS1002: ; expected [/x/A.csproj]\n"
                + "/x/A.cs(1,2): error CS1002: ; expected [/x/B.csproj]"), ("ENDS", "1"));

        (exitCode, error).ShouldBe((2, """
            Building (a minute the first time) ...
            /x/A.cs(1,2): error CS1002: ; expected
            The build failed. The whole log: .platform/build.log

            """));
    }

    [Fact]
    public async Task Terminal_SeesWhatIsBuiltAtTheMoment()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/script"))
        {
            return;
        }
        foreach (var project in (string[])["stacks/Stacks", "rehearsal/Rehearsal", "infra/Infra", "sdk/protocol/Protocol", "sdk/Pulumi/Pulumi"])
        {
            _clone.Edit($"{project}.csproj");
        }
        _clone.Hold();
        using var run = _clone.Start(
            ["script", "-qec", $"bash '{_clone.At("platform")}' preview dev", "/dev/null"],
            ("TERM", "xterm"), ("SAYS", "  Determining projects to restore...\n  Compiling Protocol\n  Protocol -> /x/Protocol.dll\n  Compiling Infra"));
        var seen = "";
        var buffer = new char[4096];
        while (!seen.Contains(" s)", StringComparison.Ordinal))
        {
            seen += new string(buffer, 0, await run.StandardOutput.ReadAsync(buffer));
        }
        _clone.Release();
        await ScriptClone.EndAsync(run);

        seen.ShouldMatch("""\r\x1b\[KBuilding: 1 of 5 projects, compiling Infra \([1-9] s\)""");
    }

    [Theory]
    [InlineData("sdk > /dev/full")]
    [InlineData("sdk bundled > /dev/full")]
    [InlineData("sdk >&-")]
    public async Task ResultThatCannotBeWritten_IsASentence(string line)
    {
        if (!File.Exists("/dev/full"))
        {
            return;
        }
        using var run = _clone.Start(["bash", "-c", $"bash '{_clone.At("platform")}' {line}"]);

        (await ScriptClone.EndAsync(run)).ShouldBe(
            (1, "", "What this command has to say cannot be written: the disk below its output is full, or the output is closed.\n"));
    }

    [Theory]
    [InlineData("2>&-")]
    [InlineData("2> /dev/full")]
    public async Task ErrorStreamThatNobodyReads_KeepsNobodyFromBuilding(string redirection)
    {
        using var run = _clone.Start(["bash", "-c", $"bash '{_clone.At("platform")}' -v preview dev {redirection}"]);

        ((await ScriptClone.EndAsync(run)).ExitCode, _clone.Builds).ShouldBe((0, 1));
    }

    public void Dispose() => _clone.Dispose();

    [GeneratedRegex("<(EmbeddedResource|None|Content|AdditionalFiles|Protobuf) Include=\"(?<path>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Embedded();
}
