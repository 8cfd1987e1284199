using System.Diagnostics;
using Tests.Support;

namespace Tests.Architecture;

// Promise: the comment of a pull request says what there is to say, cut where GitHub would refuse it, and the check fails with the code of what was first.
/// <summary>The script <c>.ci/pull-request</c> in a folder of its own, with a <c>platform</c> and a <c>pulumi</c> that say and end as they are told.</summary>
[Trait(Long.Category, Long.Name)]
public sealed class PullRequestScriptTests : IDisposable
{
    // What is told for "audit dev" stands in said/audit-dev, its exit code in said/audit-dev.code; every call is written down
    private const string StandIn = """
        #!/usr/bin/env bash
        said=$(dirname "$0")/said
        echo "${0##*/} $*" >>"$said/calls"
        key=$1
        [ "${0##*/}" = platform ] || key=pulumi-$1
        for word in "$@"; do case $1:$word in *:dev | *:prod) key=$key-$word ;; audit:*/state.json) key=$key-deployed ;; esac; done
        [ ! -f "$said/$key" ] || cat "$said/$key"
        [ ! -f "$said/$key.err" ] || cat "$said/$key.err" >&2
        exit "$(cat "$said/$key.code" 2>/dev/null || echo 0)"

        """;

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("pull request ");

    public PullRequestScriptTests()
    {
        foreach (var folder in (string[])[".ci", "said", "tools/said", "stacks/plans"])
        {
            Directory.CreateDirectory(At(folder));
        }
        File.Copy(Path.Combine(Repository.Root, ".ci", "pull-request"), At(".ci/pull-request"));
        Executable("platform");
        Say("audit-dev", "nothing differs in dev");
        Say("audit-prod", "nothing differs in prod");
    }

    public void Dispose() => _home.Delete(recursive: true);

    [Fact]
    public async Task NothingChanged_EndsWithNothing()
    {
        Approve("dev");

        (await RunAsync("dev", "prod")).ShouldBe(0);

        Comment.ShouldBe("<!-- studio-platform -->\n## dev\nnothing differs in dev\n## prod\nnothing differs in prod\n");
        Calls.ShouldBe([
            "platform config dev --check", "platform config prod --check",
            "platform audit base0 --stack dev --format markdown --fail-on high", "platform policy dev", "platform plan dev --check",
            "platform audit base0 --stack prod --format markdown --fail-on high", "platform policy prod",
        ]);
    }

    [Fact]
    public async Task AFinding_EndsWithFive_AndStandsInTheComment()
    {
        Say("audit-dev", "something is deleted", 5, "error: 1 finding is high");

        (await RunAsync("dev", "prod")).ShouldBe(5);

        Comment.ShouldBe("<!-- studio-platform -->\n## dev\nsomething is deleted\n## prod\nnothing differs in prod\n");
    }

    [Fact]
    public async Task ABrokenRule_EndsWithFive_AndIsFolded()
    {
        Say("policy-prod", "the key can be broken: ``` is no end", 5);

        (await RunAsync("dev", "prod")).ShouldBe(5);

        Comment.ShouldContain("\n<details><summary>Rules that are broken</summary>\n\n```\nthe key can be broken: ` ` ` is no end\n```\n</details>\n");
    }

    [Fact]
    public async Task AnotherPlan_EndsWithSeven_AndSaysHowToApproveIt()
    {
        Approve("dev");
        Say("plan-dev", "- one resource less", 7, "error: it is not what the program plans");

        (await RunAsync("dev")).ShouldBe(7);

        Comment.ShouldContain("<summary>The plan is not the approved one: ./platform plan dev --write</summary>\n\n```\n- one resource less\nerror: it is not what the program plans\n```");
    }

    [Fact]
    public async Task NoPlan_EndsWithOne_AndSaysWhy()
    {
        Say("audit-dev", "", 1, "error: base0 gives no plan of dev");

        (await RunAsync("dev", "prod")).ShouldBe(1);

        Comment.ShouldContain("<summary>There is no comparison with base0</summary>\n\n```\nerror: base0 gives no plan of dev\n```");
        Comment.ShouldContain("## prod\nnothing differs in prod\n");
    }

    [Theory]
    [InlineData(5, 1, 5)]
    [InlineData(1, 5, 1)]
    [InlineData(0, 5, 5)]
    public async Task TheFirstThatIsWrong_SaysHowItEnds(int first, int second, int expected)
    {
        Say("audit-dev", "a", first);
        Say("audit-prod", "b", second);

        (await RunAsync("dev", "prod")).ShouldBe(expected);
    }

    [Fact]
    public async Task WhatIsDeployed_IsCompared_WherePulumiIsSignedIn()
    {
        Executable("tools/pulumi");
        SayOfPulumi("preview-dev", "the plan");
        Say("audit-deployed", "one is replaced");

        (await RunAsync("dev")).ShouldBe(0);

        Comment.ShouldEndWith("## dev\nnothing differs in dev\n### What is deployed, by pulumi preview\none is replaced\n");
        Calls.Where(call => call.StartsWith("pulumi", StringComparison.Ordinal)).Select(call => call.Split("--file")[0].Trim())
            .ShouldBe(["pulumi stack export --stack dev", "pulumi preview --stack dev --json --non-interactive"]);
    }

    // A stack that was never deployed, or a backend that knows nobody
    [Fact]
    public async Task AStackThatIsNotDeployed_IsNoFailure()
    {
        Executable("tools/pulumi");
        SayOfPulumi("stack-dev", "", 255, "error: no stack named 'dev' found");

        (await RunAsync("dev")).ShouldBe(0);

        Comment.ShouldBe("<!-- studio-platform -->\n## dev\nnothing differs in dev\n");
    }

    [Fact]
    public async Task APreviewThatFails_EndsWithOne_ForItsOwnStackAlone()
    {
        Executable("tools/pulumi");
        SayOfPulumi("preview-dev", "", 255, "error: credentials have expired");
        SayOfPulumi("stack-prod", "", 255, "error: no stack named 'prod' found");

        (await RunAsync("dev", "prod")).ShouldBe(1);

        Comment.ShouldBe("""
            <!-- studio-platform -->
            ## dev
            nothing differs in dev

            <details><summary>pulumi preview failed</summary>

            ```
            error: credentials have expired
            ```
            </details>
            ## prod
            nothing differs in prod

            """);
    }

    // GitHub takes 65,536 characters
    [Fact]
    public async Task ACommentThatIsTooLong_IsCutByWholeLines_EachStackItsShare()
    {
        Say("audit-dev", string.Concat(Enumerable.Range(0, 5_000).Select(line => $"a line of the comparison with its number, {line} ü\n")));

        (await RunAsync("dev", "prod")).ShouldBe(0);

        Comment.Length.ShouldBeLessThan(60_500);
        Comment.Length.ShouldBeGreaterThan(25_000);
        var lines = Comment.Split('\n');
        lines.Where(line => line.StartsWith("a line", StringComparison.Ordinal)).ShouldAllBe(line => line.EndsWith(" ü", StringComparison.Ordinal));
        lines.ShouldContain("… The rest is in the artefact of this run.");
        Comment.ShouldEndWith("## prod\nnothing differs in prod\n");
        Comment.ShouldNotContain("\ufffd");
    }

    [Theory]
    [InlineData]
    [InlineData("base0")]
    [InlineData("base0", "changes.md")]
    public async Task TooFewWords_AreRefused(params string[] words)
    {
        (await StartAsync(words)).ShouldBe(2);
        File.Exists(At("changes.md")).ShouldBeFalse();
    }

    private string Comment => File.ReadAllText(At("changes.md"));

    private string[] Calls => [.. File.ReadAllLines(At("said/calls"))
        .Concat(File.Exists(At("tools/said/calls")) ? File.ReadAllLines(At("tools/said/calls")) : [])];

    private string At(string path) => Path.Combine(_home.FullName, path);

    private void Approve(string stack) => File.WriteAllText(At($"stacks/plans/{stack}.yaml"), "plan: 1\n");

    private void Say(string key, string output, int code = 0, string error = "") => Say(At("said"), key, output, code, error);

    private void SayOfPulumi(string key, string output, int code = 0, string error = "") => Say(At("tools/said"), $"pulumi-{key}", output, code, error);

    private static void Say(string folder, string key, string output, int code, string error)
    {
        File.WriteAllText(Path.Combine(folder, key), output.Length == 0 || output[^1] == '\n' ? output : $"{output}\n");
        File.WriteAllText(Path.Combine(folder, $"{key}.err"), error.Length == 0 ? "" : $"{error}\n");
        File.WriteAllText(Path.Combine(folder, $"{key}.code"), $"{code}");
    }

    private void Executable(string path)
    {
        File.WriteAllText(At(path), StandIn);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(At(path), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private Task<int> RunAsync(params string[] stacks) => StartAsync(["base0", "changes.md", .. stacks]);

    private async Task<int> StartAsync(string[] words)
    {
        var start = new ProcessStartInfo(At(".ci/pull-request"), words)
        { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{At("tools")}:/usr/bin:/bin";
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var process = Process.Start(start)!;
        await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync(), process.WaitForExitAsync());
        return process.ExitCode;
    }
}
