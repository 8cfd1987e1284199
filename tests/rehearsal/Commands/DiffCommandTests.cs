using System.Diagnostics;
using System.Text.Json;
using Rehearsal.Events;
using Rehearsal.Planning;

namespace Tests.Rehearsal.Commands;

// Promise: diff, audit and plan find out what they were given, say it when it is nothing they know, and end with the code that says what came of it.
public sealed class DiffCommandTests : IDisposable
{
    private readonly CliFixture _cli = new();

    public DiffCommandTests()
    {
        _cli.Answer = _ => Results.Redis;
        _cli.Folder.Write("a.json", State("dev", "aws:efs/fileSystem:FileSystem::files"));
        _cli.Folder.Write("b.json", State("dev"));
    }

    public void Dispose() => _cli.Dispose();

    private static string State(string stack, params string[] keys)
    {
        string[] resources =
        [
            .. keys.Prepend($"pulumi:pulumi:Stack::platform-{stack}").Select(key => $$"""
                { "urn": "urn:pulumi:{{stack}}::platform::{{key}}", "type": "{{key.Split("::")[0]}}", "custom": {{(key.StartsWith("pulumi", StringComparison.Ordinal) ? "false" : "true")}}, "id": "x"
                  {{(key.StartsWith("pulumi", StringComparison.Ordinal) ? "" : $", \"parent\": \"urn:pulumi:{stack}::platform::pulumi:pulumi:Stack::platform-{stack}\"")}} }
                """),
        ];
        return $$"""{ "version": 3, "deployment": { "secrets_providers": { "type": "service", "state": {} }, "resources": [{{string.Join(",", resources)}}] } }""";
    }

    [Fact]
    public async Task Diff_ComparesTwoStates() => (await _cli.RunAsync(["diff", "a.json", "b.json"])).ShouldBe((0, """
        a.json (state of dev) => b.json (state of dev)
             Type                              Name          Change
             pulumi:pulumi:Stack               platform-dev
         -   └─ aws:efs/fileSystem:FileSystem  files         delete
        Resources: 1 deleted, 1 unchanged

        """, ""));

    [Fact]
    public async Task TwoStacks_AreWarnedOf()
    {
        _cli.Folder.Write("c.json", State("prod"));

        (await _cli.RunAsync(["diff", "b.json", "c.json"])).Output.ShouldContain("note: These are two different stacks: dev of platform and prod of platform.");
    }

    [Theory]
    [InlineData("no JSON", "x.json is not an export, a plan or a stack file.", 2)]
    [InlineData("{ \"version\": 3, \"deployment\": { \"resou", "x.json is damaged: it is cut off after line 1, column 39.", 2)]
    [InlineData("{}", "x.json is not an export, a plan or a stack file.", 2)]
    [InlineData("[1]", "x.json is not an export, a plan or a stack file.", 2)]
    [InlineData("{ \"version\": 9, \"deployment\": {} }", "x.json is a state of version 9; this engine reads versions 1 to 4.", 1)]
    [InlineData("{ \"version\": 3, \"deployment\": { \"resources\": [{ \"urn\": 1 }] } }", "x.json is not an export, a plan or a stack file.", 2)]
    [InlineData("{ \"steps\": [{ \"urn\": \"urn:pulumi:s::p::t::n\", \"op\": \"create\", \"newState\": 3 }] }",
        "x.json is damaged or no plan: a field holds another kind of value than it should", 1)]
    public async Task Rejects_WhatIsNoSide(string text, string problem, int exitCode)
    {
        _cli.Folder.Write("x.json", text);

        foreach (var arguments in new[] { new[] { "diff", "x.json", "a.json" }, ["audit", "a.json", "x.json"] })
        {
            var (code, _, error) = await _cli.RunAsync(arguments);

            error.ShouldStartWith($"error: {problem}");
            code.ShouldBe(exitCode);
        }
    }

    [Fact]
    public async Task Rejects_AWord_ThatIsNeitherFileNorRevision()
    {
        (await _cli.RunAsync(["diff", "--stack", "dev", "--", "--upload-pack=x"])).Error.ShouldStartWith("error: There is no file '--upload-pack=x', and ");
        Git("init", "--quiet");
        (await _cli.RunAsync(["diff", "nowhere", "--stack", "dev"])).ShouldBe((2, "", """
            error: 'nowhere' is neither a file nor a revision of this repository.
            fix:   Give a commit, branch or tag, a stack file, a plan, or what `pulumi stack export` printed.

            """));
    }

    // The revision's program is of another language here, so nothing is built
    [Fact]
    public async Task ARevision_IsCheckedOut_AndADirtyTreeIsSaid()
    {
        Git("init", "--quiet");
        Git("add", "Pulumi.yaml", "Pulumi.dev.yaml", "stacks");
        Git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "-m", "first");
        _cli.Folder.Write("Pulumi.dev.yaml", "config: {size: 4}\n");

        (await _cli.RunAsync(["diff", "HEAD"])).Error.ShouldStartWith("error: Which stack to compare follows from neither HEAD (");
        var (code, _, error) = await _cli.RunAsync(["diff", "HEAD", "--stack", "prod"]);
        (code, error.Split('\n')[1]).ShouldBe((2, "fix:   It has: dev."));
        (await _cli.RunAsync(["diff", "HEAD", "--stack", "dev"])).Error.ShouldContain(" has 0 projects in stacks, and it takes one to build its program.");
        (await _cli.RunAsync(["diff", "Pulumi.dev.yaml"])).Output.ShouldContain("note: The working tree is not what HEAD is: ");
    }

    [Fact]
    public async Task ASide_WhoseProgramFails_SaysWhy()
    {
        _cli.Answer = _ => Results.Failed(new Diagnostic(DiagnosticSeverity.Error, "no cluster\n"));

        (await _cli.RunAsync(["diff", "a.json"])).ShouldBe((1, "", "error: the working tree gives no plan of dev to compare: no cluster\n"));
    }

    [Fact]
    public async Task ARehearsal_IsDoneOnTheStateOfTheOtherSide_WithoutItsProtection()
    {
        await _cli.RunAsync(["diff", "a.json"]);

        _cli.Request!.State.Resources.Select(resource => (resource.Urn.Name, resource.Protect)).ShouldBe([("platform-dev", false), ("files", false)]);
    }

    [Theory]
    [InlineData("critical", 5)]
    [InlineData("low", 5)]
    [InlineData(null, 0)]
    public async Task Audit_EndsWithFive_WhenItFindsWhatIsRefused(string? limit, int exitCode)
    {
        var (code, output, error) = await _cli.RunAsync(["audit", "a.json", "b.json", .. limit is null ? Array.Empty<string>() : ["--fail-on", limit]]);

        code.ShouldBe(exitCode);
        output.ShouldContain("Findings: 1 critical\n");
        error.ShouldBe(limit switch
        {
            null => "",
            "critical" => "error: 1 finding is critical, which --fail-on refuses.\n",
            _ => "error: 1 finding is low or graver, which --fail-on refuses.\n",
        });
        (await _cli.RunAsync(["audit", "b.json", "b.json", "--fail-on", "low"])).ExitCode.ShouldBe(0);
    }

    [Theory]
    [InlineData("--format", "pdf", "--format pdf is not known.")]
    [InlineData("--fail-on", "hihg", "--fail-on hihg is not known.")]
    public async Task Rejects_WordsThatAuditDoesNotKnow(string option, string value, string problem)
    {
        var (code, _, error) = await _cli.RunAsync(["audit", "a.json", "b.json", option, value]);

        code.ShouldBe(2);
        error.ShouldStartWith($"error: {problem}");
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("markdown")]
    [InlineData("html")]
    [InlineData("sarif")]
    public async Task Audit_WritesTheSameIntoAFile_EachTime(string format)
    {
        (await _cli.RunAsync(["audit", "a.json", "b.json", "--format", format, "-o", "out/report"])).ShouldBe((0,
            $"1 critical; written to {Path.Combine("out", "report")}.\n", ""));
        var first = File.ReadAllText(Path.Combine(_cli.Folder.Path, "out", "report"));

        (await _cli.RunAsync(["audit", "a.json", "b.json", "--format", format])).Output.ShouldBe(first);
    }

    [Fact]
    public async Task Plan_IsWritten_Checked_AndDiffers()
    {
        (await _cli.RunAsync(["plan", "dev", "--check"])).Error.ShouldStartWith("error: There is no approved plan of dev: ");
        (await _cli.RunAsync(["plan", "dev", "--write"])).Output.ShouldEndWith(" is written: review it with `git diff`, commit it to approve it.\n");
        (await _cli.RunAsync(["plan", "dev", "--write"])).Output.ShouldEndWith(" is up to date.\n");
        (await _cli.RunAsync(["plan", "dev", "--check"])).ShouldBe((0, $"{Path.Combine("stacks", "plans", "dev.yaml")} is what the program plans.\n", ""));
        var path = Path.Combine(_cli.Folder.Path, "stacks", "plans", "dev.yaml");
        var approved = File.ReadAllText(path);
        approved.ShouldNotContain(Results.Marker);
        (await _cli.RunAsync(["plan", "dev"])).Output.ShouldBe(approved);

        File.WriteAllText(path, approved + "\n");
        var (code, _, error) = await _cli.RunAsync(["plan", "dev", "--check"]);
        (code, error.Split('\n')[0]).ShouldBe((7,
            $"error: {Path.Combine("stacks", "plans", "dev.yaml")} says the same in another form, so somebody has edited it."));

        File.WriteAllText(path, approved);
        _cli.Answer = _ => Results.Redis with { Plan = new Plan([.. Results.Redis.Plan.Steps.Take(4)]) };
        var (exit, output, _) = await _cli.RunAsync(["plan", "dev", "--check"]);
        exit.ShouldBe(7);
        output.ShouldContain("-      └─ kubernetes:core/v1:Service");
        (await _cli.RunAsync(["diff", "stacks/plans/dev.yaml"])).Output.ShouldContain("Resources: 1 deleted, 4 unchanged");
        (await _cli.RunAsync(["plan", "dev", "--check", "--write"])).ExitCode.ShouldBe(2);

        // The same for other programs
        var json = await _cli.RunAsync(["plan", "dev", "--check", "--json"]);
        (json.ExitCode, Deleted(json.Output)).ShouldBe((7, 1));
        Deleted((await _cli.RunAsync(["diff", "stacks/plans/dev.yaml", "--json"])).Output).ShouldBe(1);
        (await _cli.RunAsync(["plan", "dev", "--write", "--json"])).ExitCode.ShouldBe(2);
        await _cli.RunAsync(["plan", "dev", "--write"]);
        var same = await _cli.RunAsync(["plan", "dev", "--check", "--json"]);
        (same.ExitCode, Deleted(same.Output), same.Error).ShouldBe((0, 0, ""));
        using var plan = JsonDocument.Parse((await _cli.RunAsync(["plan", "dev", "--json"])).Output);
        (plan.RootElement.GetProperty("plan").GetInt32(), plan.RootElement.GetProperty("stack").GetString()).ShouldBe((1, "dev"));
    }

    private static int Deleted(string json)
    {
        using var document = JsonDocument.Parse(json);
        document.RootElement.TryGetProperty("findings", out _).ShouldBeFalse();
        return document.RootElement.GetProperty("summary").GetProperty("delete").GetInt32();
    }

    private void Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", ["-C", _cli.Folder.Path, .. arguments]) { UseShellExecute = false, RedirectStandardError = true };
        using var git = Process.Start(start)!;
        git.WaitForExit();
        git.ExitCode.ShouldBe(0);
    }
}
