using Rehearsal.Events;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Rendering;
using Spectre.Console.Testing;

namespace Tests.Rehearsal.Rendering;

// Promise: whoever waits sees the plan as it grows, never more of it than the terminal has lines for, and no provider that the engine made itself.
public sealed class LivePlanTests
{
    [Fact]
    public async Task Picture_HasTheResourcesReportedSoFar() => (await PictureAsync(height: 10, "one", "two")).ShouldBe([
        "Previewing dev (platform): 2 resources",
        " +   a:b:C  one   create",
        " +   a:b:C  two   create",
    ]);

    [Fact]
    public async Task Picture_IsNoHigherThanTheTerminal_AndKeepsWhatCameLast() => (await PictureAsync(height: 4, "one", "two", "three")).ShouldBe([
        "Previewing dev (platform): 3 resources",
        " +   a:b:C  two    create",
        " +   a:b:C  three  create",
    ]);

    [Fact]
    public async Task Picture_LeavesOutDefaultProviders()
        => (await PictureAsync(height: 4, "one", "urn:pulumi:dev::platform::pulumi:providers:aws::default_7_48_0"))[0].ShouldBe(
            "Previewing dev (platform): 1 resource");

    private static async Task<string[]> PictureAsync(int height, params string[] names)
    {
        using var console = new TestConsole();
        console.Profile.Width = 80;
        console.Profile.Height = height;
        var plan = new LivePlan(
            new Terminal(TextWriter.Null, TextWriter.Null, colouredOutput: true, colouredError: false) { LiveConsole = console }, "dev", "platform");
        foreach (var urn in names.Select(
            name => Urn.Parse(name.StartsWith("urn:", StringComparison.Ordinal) ? name : $"urn:pulumi:dev::platform::a:b:C::{name}")))
        {
            plan.Report(
                new ResourcePreEvent(
                    new StepMetadata(Operation.Create, urn, urn.Type, Parent: null, Provider: "", Custom: true, Protect: false), Planning: true));
        }

        await plan.ShowAsync(Task.CompletedTask);
        return [.. console.Lines.Select(line => line.TrimEnd()).Where(line => line.Length > 0)];
    }
}
