using System.Text.Json.Nodes;
using Rehearsal;
using Rehearsal.Events;
using Tests.Rehearsal.Commands;

namespace Tests.Rehearsal.Rendering;

// Promise: what a program says of its settings in a preview gets their places; nothing else that it says is changed, and JSON stays JSON.
public sealed class PlacedLinesTests : IDisposable
{
    private const string Message = """
        2 settings of the stack are wrong:

        platform:redis.users[1].name: is missing
          allowed: a name
          fix:     add name: studios

        platform:size: is no size
          given:   bad
          allowed: 3

        See docs: platform:size is described there.

        """;

    private readonly CliFixture _cli = new();

    public PlacedLinesTests() => _cli.Folder.Write(
        "Pulumi.dev.yaml", "config:\n  redis:\n    users:\n      - name: a\n      - password: hunter2\n  size: bad # hunter2\n");

    private string Dev => _cli.Folder.At("Pulumi.dev.yaml");

    private string Placed => $"""
        2 settings of the stack are wrong:

        {Dev}:5:9: platform:redis.users[1].name: is missing
            5 |       - password: …
          allowed: a name
          fix:     add name: studios

        {Dev}:6:3: platform:size: is no size
            6 |   size: bad
          given:   bad
          allowed: 3

        See docs: platform:size is described there.

        """;

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Errors_GetTheirPlaces()
    {
        Say(DiagnosticSeverity.Error, Message);

        var run = await _cli.RunAsync(["preview", "dev"]);

        run.ExitCode.ShouldBe(1);
        var lines = run.Error.Split('\n').Select(line => line.Length == 0 ? "" : line[9..]).ToArray();
        lines.ShouldBe(
            ["cs:", .. Placed.TrimEnd().Split('\n'), "", lines[^2], ""]);
    }

    [Fact]
    public async Task Json_HasTheSameText_AndNothingBeside()
    {
        _cli.Environment["GITHUB_ACTIONS"] = "true";
        Say(DiagnosticSeverity.Error, Message);

        var run = await _cli.RunAsync(["preview", "dev", "--json"]);

        JsonNode.Parse(run.Output)!["diagnostics"]![0]!["message"]!.GetValue<string>().ShouldBe($"error: {Placed}");
    }

    [Theory]
    [InlineData(DiagnosticSeverity.Error, "error")]
    [InlineData(DiagnosticSeverity.Warning, "warning")]
    public async Task CiSystems_AreToldOfEach_Once(DiagnosticSeverity severity, string word)
    {
        _cli.Environment["GITHUB_ACTIONS"] = "true";
        Say(severity, Message, Message);

        (await _cli.RunAsync(["preview", "dev", "--json"])).Error.Split('\n').Where(line => line.StartsWith("::", StringComparison.Ordinal)).ShouldBe(
        [
            $"::{word} file=Pulumi.dev.yaml,line=5,col=9::platform:redis.users[1].name: is missing%0Aallowed: a name%0Afix:     add name: studios",
            $"::{word} file=Pulumi.dev.yaml,line=6,col=3::platform:size: is no size%0Agiven:   bad%0Aallowed: 3",
        ]);
    }

    [Theory]
    [InlineData(DiagnosticSeverity.Info)]
    [InlineData(DiagnosticSeverity.InfoError)]
    public async Task WhatTheProgramPrints_StaysAsItIs(DiagnosticSeverity severity)
    {
        Say(severity, "platform:size: is printed");

        (await _cli.RunAsync(["preview", "dev", "--json"])).Output.ShouldContain("\"message\": \"platform:size: is printed\\n\"");
    }

    private void Say(DiagnosticSeverity severity, params string[] messages) => _cli.Answer = _ => Results.Empty with
    {
        Outcome = severity == DiagnosticSeverity.Error ? RehearsalOutcome.ProgramFailed : RehearsalOutcome.Succeeded,
        Diagnostics = [.. messages.Select(message => new Diagnostic(severity, message))],
    };
}
