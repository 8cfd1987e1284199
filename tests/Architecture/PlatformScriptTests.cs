using System.Diagnostics;
using Tests.Support;

namespace Tests.Architecture;

/// <summary>The <c>platform</c> script in a folder of its own, with a <c>dotnet</c> that only writes down how it is called.</summary>
public sealed partial class PlatformScriptTests : IDisposable
{
    private const string Dotnet = """
        #!/usr/bin/env bash
        case "$*" in *" -- "*) kind=" ${*:3}" ;;
          *-t:CopyEdited*) kind=" edited" ;; *Checked=true*) kind=" checked" ;; *--filter*) kind=" $5 $6 $7" ;; *" tool "* | *" outputs "*) kind=" ${*:3}" ;; esac
        echo "$1 ${2##*/}${kind:-}" >> "$CALLS"
        made() { mkdir -p "$1/bin/Release/net10.0"; printf '%s' "$ENGINE" > "$1/bin/Release/net10.0/$2.dll"; }
        case "$1 ${2##*/}" in
          "restore "*) [ -z "$RESTORE" ] || { echo "$RESTORE"; exit 1; } ;;
          "build Preview.slnf") made "${2%/*}" Rehearsal; made "${2%/*}/../stacks" Stacks ;;
          "build Operate.csproj") made "${2%/*}" Operate ;;
          "build Infra.sln") for room in Rehearsal Stacks Operate Tests; do made "${2%/*}/${room,,}" "$room"; done ;;
          "build ReadyToRun.csproj" | "publish Native.csproj") [ -z "$COMPILER" ] || { echo "$COMPILER"; exit 1; }; mkdir -p "${2%/*}/../../.platform/app/stacks" ;;
        esac
        case "$1 ${2##*/}" in
          "publish Native.csproj") engine=${2%/*}/../../.platform/app/native; mkdir -p "$engine"; cp "${0%/*}/rehearse" "$engine" ;;
        esac

        """;

    private static readonly string[] Rooms = ["infra", "stacks", "rehearsal", "operate", "sdk", "tests"];

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("script test ");

    public PlatformScriptTests()
    {
        foreach (var room in Rooms)
        {
            Directory.CreateDirectory(At("clone", room));
        }
        File.Copy(Path.Combine(AppContext.BaseDirectory, "platform"), At("clone", "platform"));
        Directory.CreateDirectory(At("clone", "build"));
        foreach (var part in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "build"), "*.sh"))
        {
            File.Copy(part, At("clone", "build", Path.GetFileName(part)));
        }
        Directory.CreateDirectory(At("clone", "docs"));
        File.Copy(Path.Combine(Repository.Root, "docs", "cli.md"), At("clone", "docs", "cli.md"));
        Directory.CreateDirectory(At("tools"));
        Tool("dotnet", Dotnet);
        Tool("gcc", "");
        Tool("rehearse", "#!/usr/bin/env bash\necho \"rehearse $1\" >> \"$CALLS\"\n");
        File.WriteAllText(At("calls"), "");
    }

    [Fact]
    public async Task SecondPreview_DoesNotBuildAgain()
    {
        (await RunAsync("preview", "dev")).ExitCode.ShouldBe(0);
        (await RunAsync("preview", "dev")).ExitCode.ShouldBe(0);

        Calls().ShouldBe(["build Preview.slnf", "build ReadyToRun.csproj", "Rehearsal.dll preview", "Rehearsal.dll preview"]);
    }

    // What is looked at is deployed, so nobody who only previews waits for it.
    [Fact]
    public async Task CommandsAboutADeployedPlatform_AreBuiltWhenOneIsCalled_AndAgainWhenTheyAreEdited()
    {
        await RunAsync("preview", "dev");
        (await RunAsync("verify", "dev")).ExitCode.ShouldBe(0);
        await RunAsync("diagnose", "dev");
        Edit("operate");
        await RunAsync("preview", "dev");
        await RunAsync("adopt", "dev");

        Calls().ShouldBe([
            "build Preview.slnf", "build ReadyToRun.csproj", "Rehearsal.dll preview",
            "build Operate.csproj", "Operate.dll verify", "Operate.dll diagnose",
            "Rehearsal.dll preview", "build Operate.csproj", "Operate.dll adopt",
        ]);
    }

    [Fact]
    public async Task CheckedBuild_ServesCommandsAboutADeployedPlatformToo()
    {
        await RunAsync("test", "Redis");
        await RunAsync("doctor", "--verbose");

        Calls()[^1].ShouldBe("Operate.dll doctor");
        Calls().ShouldNotContain("build Operate.csproj");
    }

    [Theory]
    [InlineData("dev", "--config-file", "other.yaml", "--format", "tw")]
    [InlineData("--config-file", "other.yaml", "dev")]
    public async Task Tower_RehearsesTheStackFileThatIsNamed(string first, params string[] more)
    {
        (await RunAsync("tower", first, more: more)).ExitCode.ShouldBe(0);

        Calls().ShouldBe([
            "build Preview.slnf", "build ReadyToRun.csproj", "Rehearsal.dll outputs dev --json --config-file other.yaml", "Stacks.dll tower",
        ]);
    }

    [Theory]
    [InlineData("Rehearsal.dll outputs --json -s dev", "tower", "-s", "dev")]
    [InlineData("Rehearsal.dll outputs --json --stack=examples/Pulumi.lab.yaml", "tower", "--format", "tw", "--stack=examples/Pulumi.lab.yaml")]
    [InlineData("Rehearsal.dll outputs dev --json -s dev", "tower", "dev", "-s", "dev")]
    [InlineData("Rehearsal.dll tool -s dev -- compose --output /x --dry-run", "compose", "-s", "dev", "-o", "/x", "--dry-run")]
    [InlineData("Rehearsal.dll tool -s dev -- studio export lab -o x.zip", "studio", "export", "-s", "dev", "lab", "-o", "x.zip")]
    [InlineData("Rehearsal.dll tool -s dev -- studio export lab -o x.zip", "studio", "export", "lab", "-o", "x.zip", "-s", "dev")]
    [InlineData("Rehearsal.dll tool dev -s dev -- studio build-context lab -o x", "studio", "build-context", "dev", "lab", "-s", "dev", "-o", "x")]
    public async Task TheProgramsCommands_TakeTheStackBehindAnOption(string call, string command, string first, params string[] more)
    {
        (await RunAsync(command, first, more: more)).ExitCode.ShouldBe(0);

        Calls().ShouldContain(call);
    }

    // Folders are meant from where the line was typed; the program runs elsewhere.
    [Theory]
    [InlineData("-o", "/srv/seqera", "/srv/seqera")]
    [InlineData("--output", "out", "HERE/out")]
    public async Task Compose_RunsTheProgramsCommand_WithTheStackFileThatIsNamed(string option, string folder, string expected)
    {
        (await RunAsync("compose", "dev", more: [option, folder, "--config-file", "other.yaml", "--dry-run"])).ExitCode.ShouldBe(0);

        Calls()[^1].Replace(Directory.GetCurrentDirectory(), "HERE", StringComparison.Ordinal)
            .ShouldBe($"Rehearsal.dll tool dev --config-file other.yaml -- compose --output {expected} --dry-run");
    }

    [Fact]
    public async Task Compose_AsksForWhatIsMissing()
    {
        (await RunAsync("compose", "-o", more: ["x"])).Error.ShouldContain("'./platform compose' needs the stack first: ./platform compose data-studios-compose -o /opt/seqera.");
        (await RunAsync("compose", "dev", more: ["-o"])).Error.ShouldContain("-o needs a folder: ./platform compose dev -o DIR.");
    }

    [Fact]
    public async Task Tower_AsksForTheNameOfTheFile()
    {
        var (exitCode, error) = await RunAsync("tower", "dev", more: ["--config-file"]);

        exitCode.ShouldBe(2);
        error.ShouldContain("--config-file needs the name of a file: ./platform tower dev --config-file NAME.");
    }

    [Theory]
    [InlineData("lab", "-o", "out", "--config-file", "other.yaml")]
    [InlineData("--config-file=other.yaml", "lab", "-o", "out")]
    public async Task Studio_ReadsTheStackFileThatIsNamed(params string[] more)
    {
        (await RunAsync("studio", "build-context", more: ["dev", .. more])).ExitCode.ShouldBe(0);

        Calls()[^1].ShouldStartWith("Rehearsal.dll tool dev --config-file");
    }

    [Fact]
    public async Task Studio_NeedsAStackForATemplate_AndNoneForAnArchiveOrHelp()
    {
        (await RunAsync("studio", "import", more: ["template.zip", "-o", "out"])).ExitCode.ShouldBe(0);
        (await RunAsync("studio", "export", more: ["--help"])).ExitCode.ShouldBe(0);
        var (exitCode, error) = await RunAsync("studio", "export", more: ["-o", "lab.zip"]);

        Calls()[^2..].ShouldBe(["build ReadyToRun.csproj", "Stacks.dll studio"]);
        (exitCode, error).ShouldBe((2, "'./platform studio export' needs the stack first: ./platform studio export dev jupyter -o jupyter.zip.\n"));
    }

    [Fact]
    public async Task CheckedBuild_ServesPreviewsToo_AndItsTestsRunAgainWithoutIt()
    {
        await RunAsync("test", "Redis");
        await RunAsync("test", "Redis");
        await RunAsync("preview", "dev");
        Edit("tests");
        await RunAsync("preview", "dev");
        await RunAsync("test", "--no-build");

        Calls().ShouldBe([
            "build Infra.sln checked", "publish Native.csproj", "build ReadyToRun.csproj", "format whitespace",
            "test Tests.csproj --no-build -nologo --filter",
            "format whitespace", "test Tests.csproj --no-build -nologo --filter",
            "rehearse preview", "rehearse preview", "test Tests.csproj --no-build -nologo --filter",
        ]);
    }

    [Theory]
    [InlineData("/x/Infra.csproj : error NU1101: Unable to find package Pulumi. No packages exist with this id in source(s): feed [/x/Infra.csproj]")]
    [InlineData("/x/Infra.csproj : error NU1102: Unable to find package Pulumi.Gcp with version (>= 9.37.0)")]
    public async Task FeedWithoutTheOfficialPackages_IsRememberedAsSuch(string error)
    {
        (await RunAsync("preview", "dev", sdk: "", restore: error)).Error.ShouldStartWith(
            "Building against the Pulumi subset in sdk/: the official packages do not restore here (NU110");

        File.ReadAllText(At("clone", ".platform", "sdk")).ShouldBe("bundled\n");
    }

    [Theory]
    [InlineData("error MSB4236: The SDK 'Microsoft.NET.Sdk' specified could not be found.")]
    [InlineData("Something else")]
    public async Task RestoreThatFailsOtherwise_IsShown_AndRememberedAsNothing(string error)
    {
        (await RunAsync("preview", "dev", sdk: "", restore: error)).ShouldBe((2, $"""
            {error}
            The official Pulumi packages could not be restored, for a reason that may pass. The whole log: .platform/restore.log
            Run the same command again once it is mended, or build against the subset in sdk/: ./platform sdk bundled

            """));

        File.Exists(At("clone", ".platform", "sdk")).ShouldBeFalse();
    }

    // The first half of an answer is none.
    [Fact]
    public async Task SdkThatWasHalfWritten_IsLookedForAgain()
    {
        Directory.CreateDirectory(At("clone", ".platform"));
        File.WriteAllText(At("clone", ".platform", "sdk"), "bun");

        await RunAsync("preview", "dev", sdk: "");

        (Calls()[0], File.ReadAllText(At("clone", ".platform", "sdk"))).ShouldBe(("restore Infra.csproj", "nuget\n"));
    }

    [Fact]
    public async Task OtherSdk_IsBuiltAgain_AlsoOnTheWayBack()
    {
        foreach (var sdk in (string[])["bundled", "nuget", "bundled"])
        {
            await RunAsync("preview", "dev", sdk);
        }

        Calls().Count(call => call == "build Preview.slnf").ShouldBe(3);
    }

    [Fact]
    public async Task TwoAtOnce_BuildOnce()
    {
        var both = await Task.WhenAll(RunAsync("preview", "dev"), RunAsync("preview", "prod"));

        both.Select(run => run.ExitCode).ShouldBe([0, 0]);
        Calls().Count(call => call == "build Preview.slnf").ShouldBe(1);
    }

    [Fact]
    public async Task UnknownCommand_BuildsNothing()
    {
        var run = await RunAsync("preveiw", "dev");

        run.ShouldBe((2, "There is no command 'preveiw'.\nDid you mean 'preview'? See './platform help'.\n"));
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

    // "/folder/Stacks.dll tower" without the folder.
    private string[] Calls() => [.. File.ReadAllLines(At("calls"))
        .Select(call => call.StartsWith('/') ? call[(call.LastIndexOf('/', call.IndexOf(".dll", StringComparison.Ordinal)) + 1)..] : call)];

    private void Tool(string name, string text)
    {
        File.WriteAllText(At("tools", name), text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(At("tools", name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private void Edit(string room)
    {
        var file = At("clone", room, $"{Guid.NewGuid()}.cs");
        File.WriteAllText(file, "");
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(1));
    }

    private async Task<(int ExitCode, string Error)> RunAsync(
        string command, string argument, string sdk = "bundled", string? script = null, string restore = "", string compiler = "", string[]? more = null,
        string engine = "")
    {
        var start = new ProcessStartInfo("bash", [script ?? At("clone", "platform"), command, argument, .. more ?? []])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["PATH"] = $"{At("tools")}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["CALLS"] = At("calls");
        start.Environment["RESTORE"] = restore;
        start.Environment["COMPILER"] = compiler;
        start.Environment["ENGINE"] = engine;
        start.Environment["PulumiSdk"] = sdk;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await output;
        await process.WaitForExitAsync();
        return (process.ExitCode, error);
    }
}
