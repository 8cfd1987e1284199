using System.Collections.Immutable;
using Pulumi;
using Pulumi.Utilities;
using Tests.Sdk.Core.Support;

namespace Tests.Sdk.Core;

// Promise: whatever combines values, a secret stays secret, an unknown stays unknown, and no dependency gets lost.
public sealed class OutputTests
{
    private sealed record Seen(string? Value, bool IsKnown, bool IsSecret, string Dependencies);

    private sealed class Report
    {
        public string? Title { get; set; }

        public Output<string>? Address { get; set; }

        public Input<int>? Count { get; set; }
    }

    [Fact]
    public async Task Apply_KeepsSecretsUnknownsAndDependencies()
    {
        var seen = await SeeAsync(widget => new()
        {
            ["value"] = widget.Text.Apply(text => text + "!"),
            ["task"] = widget.Text.Apply(text => Task.FromResult(text + " later")),
            ["output"] = Output.Create("plain").Apply(_ => widget.Address),
            ["input"] = Output.Create("plain").Apply(text => (Input<string>)(text + "!")),
            ["secret"] = Output.CreateSecret("hidden").Apply(text => text.Length.ToString()),
            ["secretInside"] = widget.Text.Apply(_ => Output.CreateSecret("hidden")),
            ["unknown"] = OutputUtilities.CreateUnknown("never seen").Apply(text => text + "!"),
            ["unknownInside"] = widget.Text.Apply(_ => OutputUtilities.CreateUnknown("never seen")),
        });

        seen.ShouldBe(new Dictionary<string, Seen>
        {
            ["value"] = new("given!", true, false, "widget"),
            ["task"] = new("given later", true, false, "widget"),
            ["output"] = new("widget.test", true, false, "widget"),
            ["input"] = new("plain!", true, false, ""),
            ["secret"] = new("6", true, true, ""),
            ["secretInside"] = new("hidden", true, true, "widget"),
            ["unknown"] = new(null, false, false, ""),
            ["unknownInside"] = new(null, false, false, "widget"),
        }, ignoreOrder: true);
    }

    [Fact]
    public async Task Combinations_AreAsSecretAndAsUnknownAsTheirWorstPart()
    {
        var (plain, secret, unknown) = (Output.Create("plain"), Output.CreateSecret("hidden"), OutputUtilities.CreateUnknown("never seen"));

        var seen = await SeeAsync(widget => new()
        {
            ["all"] = Output.All(plain, widget.Address).Apply(values => string.Join(" ", values)),
            ["allSecret"] = Output.All(plain, secret, widget.Address).Apply(values => string.Join(" ", values)),
            ["allUnknown"] = Output.All(secret, unknown).Apply(values => string.Join(" ", values)),
            ["allInputs"] = Output.All<string>("a", plain).Apply(values => string.Join(" ", values)),
            ["none"] = Output.All(Array.Empty<Output<string>>()).Apply(values => $"{values.Length}"),
            ["tuple"] = Output.Tuple(plain, widget.Address).Apply(both => $"{both.Item1} {both.Item2}"),
            ["tupleSecret"] = Output.Tuple<string, int, string>(plain, 1, secret).Apply(all => $"{all.Item1} {all.Item2} {all.Item3}"),
            ["tuple8"] = Output.Tuple<int, int, int, int, int, int, int, string>(1, 2, 3, 4, 5, 6, 7, secret).Apply(all => $"{all.Item7} {all.Item8}"),
            ["format"] = Output.Format($"{plain} {1.5} {(Input<string>)"input"} {widget.Address} {{braces}}"),
            ["formatSecret"] = Output.Format($"{plain} {secret}"),
            ["formatUnknown"] = Output.Format($"{plain} {unknown}"),
            ["unsecret"] = Output.Unsecret(secret),
        });

        seen.ShouldBe(new Dictionary<string, Seen>
        {
            ["all"] = new("plain widget.test", true, false, "widget"),
            ["allSecret"] = new("plain hidden widget.test", true, true, "widget"),
            ["allUnknown"] = new(null, false, true, ""),
            ["allInputs"] = new("a plain", true, false, ""),
            ["none"] = new("0", true, false, ""),
            ["tuple"] = new("plain widget.test", true, false, "widget"),
            ["tupleSecret"] = new("plain 1 hidden", true, true, ""),
            ["tuple8"] = new("7 hidden", true, true, ""),
            ["format"] = new("plain 1.5 input widget.test {braces}", true, false, "widget"),
            ["formatSecret"] = new("plain hidden", true, true, ""),
            ["formatUnknown"] = new(null, false, false, ""),
            ["unsecret"] = new("hidden", true, false, ""),
        }, ignoreOrder: true);
    }

    [Fact]
    public async Task Json_CarriesTheMarksOfWhatIsInside()
    {
        var seen = await SeeAsync(widget => new()
        {
            ["plain"] = Output.JsonSerialize(Output.Create(new Report { Title = "t", Count = 3 })),
            ["dependent"] = Output.JsonSerialize(Output.Create(new Report { Address = widget.Address })),
            ["secret"] = Output.JsonSerialize(Output.Create(new Report { Address = Output.CreateSecret("hidden") })),
            ["unknown"] = Output.JsonSerialize(Output.Create(new Report { Address = OutputUtilities.CreateUnknown("never seen") })),
            ["allSecret"] = Output.JsonSerialize(Output.CreateSecret(new Report { Title = "t" })),
            ["read"] = Output.JsonDeserialize<Report>(Output.CreateSecret("""{"Title":"t","Address":"a"}""")).Apply(report => report.Address!),
        });

        seen.ShouldBe(new Dictionary<string, Seen>
        {
            ["plain"] = new("""{"Title":"t","Address":null,"Count":3}""", true, false, ""),
            ["dependent"] = new("""{"Title":null,"Address":"widget.test","Count":null}""", true, false, "widget"),
            ["secret"] = new("""{"Title":null,"Address":"hidden","Count":null}""", true, true, ""),
            ["unknown"] = new(null, false, false, ""),
            ["allSecret"] = new("""{"Title":"t","Address":null,"Count":null}""", true, true, ""),
            ["read"] = new("a", true, true, ""),
        }, ignoreOrder: true);
    }

    [Fact]
    public async Task Extensions_ReachIntoListsAndUnions()
    {
        var list = Output.Create(ImmutableArray.Create("a", "b", "c"));
        var (number, text) = (Output.Create(Union<int, string>.FromT0(80)), Output.Create(Union<int, string>.FromT1("http")));

        var seen = await SeeAsync(_ => new()
        {
            ["first"] = list.First(),
            ["at"] = list.GetAt(Output.Create(2)),
            ["length"] = list.Length().Apply(name => $"{name}"),
            ["number"] = number.AsT0().Apply(name => $"{name}"),
            ["text"] = text.AsT1(),
            ["kinds"] = Output.Tuple(number.IsT0(), text.IsT0()).Apply(both => $"{both.Item1} {both.Item2}"),
            ["value"] = text.Value().Apply(value => $"{value}"),
        });

        seen.ToDictionary(step => step.Key, step => step.Value.Value)
            .ShouldBe(
                new Dictionary<string, string?>
                {
                    ["first"] = "a",
                    ["at"] = "c",
                    ["length"] = "3",
                    ["number"] = "80",
                    ["text"] = "http",
                    ["kinds"] = "True False",
                    ["value"] = "http",
                },
                ignoreOrder: true);
    }

    [Fact]
    public void ToString_SaysToUseApply() => Output.CreateSecret("hidden").ToString().ShouldSatisfyAllConditions(
        text => text.ShouldContain("Apply"),
        text => text.ShouldNotContain("hidden"));

    private static async Task<Dictionary<string, Seen>> SeeAsync(Func<Widget, Dictionary<string, Output<string>>> program)
    {
        var outputs = new Dictionary<string, Output<string>>();
        await Deployment.TestAsync(
            new EchoMocks(),
            new() { IsPreview = false },
            () => outputs = program(new Widget("widget", new WidgetArgs { Text = "given" })));
        var seen = new Dictionary<string, Seen>();
        foreach (var (name, output) in outputs)
        {
            var isKnown = await OutputUtilities.GetIsKnownAsync(output);
            var dependencies = (await OutputUtilities.GetDependenciesAsync(output)).Select(utility => utility.GetResourceName()).Order(StringComparer.Ordinal);
            seen[name] = new(
                isKnown ? await OutputUtilities.GetValueAsync(output) : null,
                isKnown,
                await Output.IsSecretAsync(output),
                string.Join(",", dependencies));
        }
        return seen;
    }
}
