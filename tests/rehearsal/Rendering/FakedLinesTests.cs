using System.Collections.Immutable;
using Rehearsal;
using Rehearsal.Events;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Rendering;
using Rehearsal.Wire;
using Tests.Rehearsal.Commands;

namespace Tests.Rehearsal.Rendering;

// Promise: no name, key or message can begin a line of its own that looks like the engine's, or give orders to a terminal.
public sealed class FakedLinesTests
{
    private const string Fake = "x\nResources: none\n\u001b[2J\u001b]0;t\u0007\r+ fake";

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void NamesTypesKeysAndMessages_StayInTheirLines(bool verbose, bool diff)
    {
        var text = Shown(verbose, diff);

        text.ShouldContain("x\\nResources: none");
        text.Split('\n').ShouldAllBe(line => !line.StartsWith("Resources: none", StringComparison.Ordinal));
        text.Split('\n').ShouldAllBe(line => !line.StartsWith("+ fake", StringComparison.Ordinal));
        text.ShouldAllBe(letter => !char.IsControl(letter) || letter == '\n');
    }

    [Fact]
    public void Json_EscapesThem()
    {
        using var output = new StringWriter();
        PreviewJson.Write(output, new RehearsalRequest { Program = new ProgramLaunch("none", [], ".", "."), Project = "p", Stack = "s" }, Result());

        output.ToString().ShouldAllBe(letter => !char.IsControl(letter) || letter == '\n');
        output.ToString().Split('\n').ShouldAllBe(line => !line.StartsWith("Resources", StringComparison.Ordinal));
    }

    private static string Shown(bool verbose, bool diff)
    {
        using var output = new StringWriter();
        PreviewRenderer.Write(new Terminal(output, output, colouredOutput: false, colouredError: false), Result(), verbose, diff);
        return output.ToString();
    }

    private static RehearsalResult Result()
    {
        var urn = Urn.Create("s", "p", null, $"t:i:T{Fake}", Fake);
        ResourceState State(string value) => new()
        {
            Urn = urn,
            Type = urn.Type,
            Custom = true,
            Inputs = PropertyMap.Create((Fake, Results.Text(value)), ("list", new ListProperty([Results.Map((Fake, Results.Text(Fake)))])),
                ("file", new AssetProperty(null, Fake)), ("link", new ReferenceProperty($"urn:pulumi:s::p::t::{Fake}", "1", ""))),
        };
        ImmutableArray<PlanStep> steps =
        [
            new() { Operation = Operation.Create, Urn = urn, New = State("1") },
            new()
            {
                Operation = Operation.Replace, Urn = Urn.Create("s", "p", null, "t:i:T", $"other{Fake}"), Old = State("1"), New = State(Fake),
                ReplaceReasons = [Fake], DiffReasons = [Fake],
            },
        ];
        return Results.Empty with
        {
            Plan = new Plan(steps),
            Outputs = PropertyMap.Create((Fake, Results.Text(Fake))),
            Diagnostics = [new Diagnostic(DiagnosticSeverity.Warning, Fake, urn), new Diagnostic(DiagnosticSeverity.Info, Fake)],
        };
    }
}
