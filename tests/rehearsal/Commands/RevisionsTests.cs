using System.Diagnostics;
using Rehearsal;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Wire;
using Tests.Support;

namespace Tests.Rehearsal.Commands;

// Promise: a revision is what its own program plans with its own stack file; its program is built once and kept by its commit, and what comes from the program
// and what from the file is told apart.
/// <summary>Two revisions of a tiny repository whose programs a stand-in builds: what a program plans is in its file <c>plan</c>.</summary>
[Trait(Long.Category, Long.Name)]
public sealed class RevisionsTests : IDisposable
{
    // Builds like `dotnet build PROJECT -c Release ...`: the file beside the project is the program
    private const string Dotnet = """
        #!/bin/sh
        echo "$PWD $*" >>"$(dirname "$0")/builds"
        folder=$(dirname "$2")
        if grep -q broken "$folder/plan"; then echo "error CS1002: ; expected"; exit 1; fi
        mkdir -p "$folder/bin/Release/net10.0"
        cp "$folder/plan" "$folder/bin/Release/net10.0/Stacks.dll"

        """;

    private static readonly Urn Thing = Urn.Create("dev", "platform", Results.Root, "kubernetes:core/v1:ConfigMap", "thing");

    private readonly CliFixture _cli = new();

    public RevisionsTests()
    {
        _cli.Folder.Write(".gitignore", ".platform\ntools\nbin\n");
        _cli.Environment["DOTNET_HOST_PATH"] = _cli.Folder.Write("tools/dotnet", Dotnet);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_cli.Environment["DOTNET_HOST_PATH"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
        _cli.Environment["PLATFORM_PROGRAM"] = _cli.Folder.Write("stacks/bin/Release/net10.0/Stacks.dll", "colour: red");
        File.Delete(_cli.Folder.At("stacks/Stacks.dll"));
        _cli.Folder.Write("stacks/Stacks.csproj", "<Project/>");
        _cli.Answer = Plan;
        Git("init", "--quiet", "--initial-branch=main");
        Commit("red", "colour: red", "config: {size: 3}\n");
    }

    public void Dispose() => _cli.Dispose();

    // A program is what its file says: it makes one thing, of its own colour and of the size that the settings say
    private static RehearsalResult Plan(RehearsalRequest request)
    {
        var colour = File.ReadAllText(request.Program.Arguments[^1]).Split(": ")[1].Trim();
        var state = new ResourceState
        {
            Urn = Thing,
            Type = Thing.Type,
            Custom = true,
            Parent = Results.Root,
            Inputs = PropertyMap.Create(("data", Results.Map(("colour", Results.Text(colour)), ("size", Results.Text(request.Config["platform:size"]))))),
        };
        var root = new ResourceState { Urn = Results.Root, Type = Urn.RootType };
        return Results.Empty with { Plan = new Plan([Results.Step(Operation.Create, root), Results.Step(Operation.Create, state)]) };
    }

    [Fact]
    public async Task TheProgramAlone_IsSaidToHaveChanged_WhereTheFileDidNot()
    {
        Commit("blue", "colour: blue", "config: {size: 3}\n");

        var (code, output, error) = await _cli.RunAsync(["diff", "red", "blue", "--stack", "dev"]);

        code.ShouldBe(0);
        output.ShouldContain($"red ({Hash("red")}) (rehearsal of dev) => blue ({Hash("blue")}) (rehearsal of dev)\n");
        output.ShouldContain("note: The settings of dev are the same on both sides: all of this comes from the program.\n");
        output.ShouldContain("data.colour: \"red\" => \"blue\"");
        output.ShouldNotContain("size");
        error.ShouldContain($"Building the program of red ({Hash("red")}) (a minute, once for each commit) ...\n");
        error.ShouldContain($"Building the program of blue ({Hash("blue")}) (a minute, once for each commit) ...\n");
    }

    [Fact]
    public async Task TheFileAlone_IsNoChangeOfTheProgram()
    {
        Commit("large", "colour: red", "config: {size: 4}\n");

        var json = (await _cli.RunAsync(["audit", "red", "large", "--stack", "dev", "--format", "json"])).Output;

        json.ShouldContain("\"path\": \"data.size\"");
        json.ShouldContain("\"byProgram\": false");
        json.ShouldNotContain("data.colour");
    }

    // The new program with the old settings tells what the program alone would do
    [Fact]
    public async Task BothTogether_AreNotTheProgramsDoing()
    {
        Commit("both", "colour: blue", "config: {size: 4}\n");

        var (_, output, _) = await _cli.RunAsync(["diff", "red", "both", "--stack", "dev"]);

        output.ShouldContain("data.colour: \"red\" => \"blue\"");
        output.ShouldContain("data.size: \"3\" => \"4\"");
        output.ShouldNotContain("by the program");
        output.ShouldNotContain("comes from the program");
    }

    [Fact]
    public async Task AProgram_IsBuiltOnce_AndKeptByItsCommit()
    {
        Commit("blue", "colour: blue", "config: {size: 3}\n");
        await _cli.RunAsync(["diff", "red", "blue", "--stack", "dev"]);
        Git("branch", "other", "red");

        var (code, output, error) = await _cli.RunAsync(["diff", "other", "blue", "--stack", "dev"]);

        (code, error).ShouldBe((0, ""));
        output.ShouldContain($"other ({Hash("red")})");
        Builds.Length.ShouldBe(2);
        Builds.Select(build => build.Split(' ')[0]).ShouldBe([Kept("red"), Kept("blue")]);
        // Not what lies in the working tree meanwhile
        File.ReadAllText(Path.Combine(Kept("red"), "stacks", "plan")).ShouldBe("colour: red");
    }

    [Fact]
    public async Task AKeptProgram_ThatSomebodyTookAway_IsBuiltAnew()
    {
        Commit("blue", "colour: blue", "config: {size: 3}\n");
        await _cli.RunAsync(["diff", "red", "blue", "--stack", "dev"]);
        Git("worktree", "remove", "--force", Kept("red"));

        (await _cli.RunAsync(["diff", "red", "blue", "--stack", "dev"])).ExitCode.ShouldBe(0);

        // It is checked out again, and built from that
        Builds.Length.ShouldBe(3);
        File.ReadAllText(Path.Combine(Kept("red"), "stacks", "plan")).ShouldBe("colour: red");
    }

    [Fact]
    public async Task TheWorkingTree_IsComparedAsItLies_AndSaidToBeDirty()
    {
        (await _cli.RunAsync(["diff", "red", "--stack", "dev"])).Output.ShouldContain("Resources: no difference, 2 resources the same");

        _cli.Folder.Write("Pulumi.dev.yaml", "config: {size: 5}\n");
        var one = (await _cli.RunAsync(["diff", "red", "--stack", "dev"])).Output;
        one.ShouldContain("note: The working tree is not what HEAD is: M Pulumi.dev.yaml.\n");
        one.ShouldContain("data.size: \"3\" => \"5\"");

        _cli.Folder.Write("new.txt", "");
        (await _cli.RunAsync(["diff", "red", "--stack", "dev"])).Output
            .ShouldContain("note: The working tree is not what HEAD is: 2 files are not committed.\n");
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("HEAD~9")]
    [InlineData("0123456789abcdef0123456789abcdef01234567")]
    [InlineData("--all")]
    public async Task Rejects_ARevisionThatThereIsNot(string revision)
    {
        var (code, output, error) = await _cli.RunAsync(["diff", "red", "--stack", "dev", "--", revision]);

        (code, output).ShouldBe((2, ""));
        error.ShouldContain($"'{revision}' is neither a file nor a revision of this repository.");
        Directory.Exists(_cli.Folder.At(".platform")).ShouldBeFalse();
    }

    [Fact]
    public async Task Rejects_ARevisionWithoutThatStack_BeforeItIsBuilt()
    {
        _cli.Folder.Write("Pulumi.prod.yaml", "config: {size: 9}\n");

        (await _cli.RunAsync(["diff", "red", "--stack", "prod"])).Error.ShouldBe($"error: red ({Hash("red")}) has no file of stack 'prod'.\nfix:   It has: dev.\n");
        Builds.ShouldBeEmpty();
    }

    [Fact]
    public async Task AProgramThatDoesNotBuild_IsSaid_WithItsLog_AndTriedAgain()
    {
        Commit("broken", "broken", "config: {size: 3}\n");

        for (var time = 1; time <= 2; time++)
        {
            var (code, output, error) = await _cli.RunAsync(["diff", "broken", "--stack", "dev"]);

            (code, output).ShouldBe((1, ""));
            error.ShouldContain($"error: The program of broken ({Hash("broken")}) does not build here; the whole log: {Kept("broken")}.log\n");
            File.ReadAllText($"{Kept("broken")}.log").ShouldContain("error CS1002");
            Builds.Length.ShouldBe(time);
        }
    }

    [Fact]
    public async Task ARevisionOfBeforeThereWasAProject_IsSaid()
    {
        Git("rm", "--quiet", "--cached", "Pulumi.yaml");
        Git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "-m", "without");
        Git("tag", "without");

        (await _cli.RunAsync(["diff", "without", "--stack", "dev"])).Error
            .ShouldBe($"error: without ({Hash("without")}) has no Pulumi.yaml, so it has no program to run.\nfix:   Give a later revision.\n");
    }

    private string[] Builds => File.Exists(_cli.Folder.At("tools/builds")) ? File.ReadAllLines(_cli.Folder.At("tools/builds")) : [];

    private string Kept(string revision) => Path.Combine(_cli.Folder.Path, ".platform", "revisions", Git("rev-parse", revision).Trim());

    private string Hash(string revision) => Git("rev-parse", revision)[..10];

    private void Commit(string tag, string program, string settings)
    {
        _cli.Folder.Write("stacks/plan", program);
        _cli.Folder.Write("Pulumi.dev.yaml", settings);
        Git("add", ".");
        Git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "-m", tag);
        Git("tag", tag);
    }

    private string Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", ["-C", _cli.Folder.Path, .. arguments])
        { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        using var git = Process.Start(start)!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        git.ExitCode.ShouldBe(0, git.StandardError.ReadToEnd());
        return output;
    }
}
