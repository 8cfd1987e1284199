namespace Tests.Rehearsal.Commands;

// Promise: tool starts the program with the arguments it is given, the stack's settings, and the two folders that names can be relative to.
public sealed class ToolCommandTests : IDisposable
{
    private readonly CliFixture _cli = new();

    public ToolCommandTests()
    {
        _cli.Environment["DOTNET_HOST_PATH"] = "/bin/sh";
        _cli.Folder.Write(
            "stacks/Stacks.dll",
            "echo \"$@\"; echo $PULUMI_CONFIG; echo \"$PLATFORM_FOLDER\"; echo \"$PLATFORM_STACK_FOLDER\"; case \"$*\" in *bad*) exit 2;; *worse*) exit 9;; esac\n");
    }

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task TheProgram_GetsArgumentsSettingsAndFolders()
    {
        _cli.Folder.Write("elsewhere/other.yaml", "config: {size: 5}\n");
        var folder = _cli.Folder.Path;

        (await _cli.RunAsync(["tool", "dev", "--", "studio", "export", "lab", "-o", "x y.zip"]))
            .ShouldBe((0, $"studio export lab -o x y.zip\n{{\"platform:size\":\"3\"}}\n{folder}\n{folder}\n", ""));
        (await _cli.RunAsync(["tool", "dev", "--config-file", "elsewhere/other.yaml", "--", "a"]))
            .ShouldBe((0, $"a\n{{\"platform:size\":\"5\"}}\n{folder}\n{Path.Combine(folder, "elsewhere")}\n", ""));
    }

    [Theory]
    [InlineData("bad", 2)]
    [InlineData("worse", 1)]
    public async Task ExitCode_IsTheProgramsOwn_WhenItMeansSomething(string argument, int exitCode) =>
        (await _cli.RunAsync(["tool", "dev", "--", argument])).ExitCode.ShouldBe(exitCode);

    [Fact]
    public async Task Rejects_NoArguments() => (await _cli.RunAsync(["tool", "dev"])).ExitCode.ShouldBe(2);
}
