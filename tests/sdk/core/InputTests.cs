using System.Collections.Immutable;
using System.Text.Json;
using Pulumi;
using Tests.Sdk.Core.Support;

namespace Tests.Sdk.Core;

// Promise: inputs travel under their schema's names, whatever C# form they were given in.
[Collection(RecordingEngine.Collection)]
public sealed class InputTests
{
    public static TheoryData<string, Func<Widget, InputList<string>>, string> ListForms() => new()
    {
        { "initialiser", later => new InputList<string> { "a", later.Address }, """["a","later.test"]""" },
        { "value", _ => "a", """["a"]""" },
        { "output", later => later.Address, """["later.test"]""" },
        { "array", _ => new[] { "a", "b" }, """["a","b"]""" },
        { "inputs", later => new Input<string>[] { "a", later.Address }, """["a","later.test"]""" },
        { "outputs", later => new[] { Output.Create("a"), later.Address }, """["a","later.test"]""" },
        { "list", _ => new List<string> { "a" }, """["a"]""" },
        { "list of inputs", _ => new List<Input<string>> { "a" }, """["a"]""" },
        { "immutable", _ => ImmutableArray.Create("a"), """["a"]""" },
        { "default", _ => default(ImmutableArray<string>), "[]" },
        { "output of a list", _ => Output.Create(new List<string> { "a" }), """["a"]""" },
        { "output of an array", _ => Output.Create(ImmutableArray.Create("a", "b")), """["a","b"]""" },
        { "concatenation", later => ((InputList<string>)"a").Concat(new[] { later.Address }), """["a","later.test"]""" },
        { "null", _ => new InputList<string> { (string)null!, "a" }, """[null,"a"]""" },
        { "secret", _ => new InputList<string> { "a", Output.CreateSecret("b") }, """["a",{"$secret":"b"}]""" },
        { "all secret", _ => Output.CreateSecret(ImmutableArray.Create("a")), """{"$secret":["a"]}""" },
        { "added to an output", later => Added(Output.Create(ImmutableArray.Create("a")), later.Address), """["a","later.test"]""" },
    };

    public static TheoryData<string, Func<Widget, InputMap<string>>, string> MapForms() => new()
    {
        { "indexer", later => new InputMap<string> { ["a"] = "1", ["b"] = later.Address }, """{"a":"1","b":"later.test"}""" },
        { "braces", _ => new InputMap<string> { { "a", "1" } }, """{"a":"1"}""" },
        { "dictionary", _ => new Dictionary<string, string> { ["a"] = "1" }, """{"a":"1"}""" },
        { "output", _ => Output.Create(new Dictionary<string, string> { ["a"] = "1" }), """{"a":"1"}""" },
        { "merged", later => InputMap<string>.Merge(new() { ["a"] = "1", ["b"] = "1" }, new() { ["b"] = later.Address }), """{"a":"1","b":"later.test"}""" },
        { "null", _ => new InputMap<string> { ["a"] = (string)null!, ["b"] = "1" }, """{"b":"1"}""" },
        { "secret", _ => new InputMap<string> { ["a"] = Output.CreateSecret("1"), ["b"] = "2" }, """{"a":{"$secret":"1"},"b":"2"}""" },
        { "empty", _ => new InputMap<string>(), "{}" },
    };

    public static TheoryData<string, Func<WidgetArgs>, string> Others() =>
        new()
        {
            {
                "scalars",
                () =>
                    new()
                    {
                        Text = "t",
                        Count = 3,
                        Ratio = 0.5,
                        Flag = true,
                    },
                """{"count":3,"flag":true,"ratio":0.5,"text":"t"}"""
            },
            { "nothing", () => new(), "{}" },
            {
                "null",
                () =>
                    new() { Text = (string)null!, Any = Output.Create(default(object)!) },
                "{}"
            },
            {
                "null secret",
                () =>
                    new() { Text = Output.CreateSecret(default(string)!) },
                """{"text":{"$secret":null}}"""
            },
            {
                "nested",
                () =>
                    new()
                    {
                        Part = new PartArgs { Label = "l", Size = 1 },
                    },
                """{"part":{"label":"l","size":1}}"""
            },
            {
                "first of a union",
                () =>
                    new() { Port = 80 },
                """{"port":80}"""
            },
            {
                "second of a union",
                () =>
                    new() { Port = Output.CreateSecret("http") },
                """{"port":{"$secret":"http"}}"""
            },
            {
                "json",
                () =>
                    new() { Json = """{"b":[1,null]}""" },
                """{"json":{"b":[1,null]}}"""
            },
            {
                "json of a document",
                () =>
                    new() { Json = JsonDocument.Parse("[true]") },
                """{"json":[true]}"""
            },
            {
                "as text",
                () =>
                    new()
                    {
                        Encoded = new PartArgs { Label = "l", Size = 1 },
                    },
                """{"encoded":"{ \"label\": \"l\", \"size\": 1 }"}"""
            },
            {
                "any",
                () =>
                    new()
                    {
                        Any = new Dictionary<string, object?> { ["list"] = new object?[] { 1, null }, ["gone"] = null },
                    },
                """{"any":{"list":[1,null]}}"""
            },
            {
                "asset",
                () =>
                    new() { Asset = new StringAsset("text") },
                """{"asset":{"4dabf18193072939515e22adb298388d":"c44067f5952c0a294b673a41bacd8c17","text":"text"}}"""
            },
            {
                "archive",
                () =>
                    new() { Asset = new FileArchive("./a.zip") },
                """{"asset":{"4dabf18193072939515e22adb298388d":"0def7320c3a5731c473e5ecbe6d01bc7","path":"./a.zip"}}"""
            },
        };

    [Theory]
    [MemberData(nameof(ListForms))]
    public async Task Lists_TakeEveryForm(string form, Func<Widget, InputList<string>> list, string expected) =>
        (await InputsAsync(later => new WidgetArgs { List = list(later) })).ShouldBe($$"""{"list":{{expected}}}""", form);

    [Theory]
    [MemberData(nameof(MapForms))]
    public async Task Maps_TakeEveryForm(string form, Func<Widget, InputMap<string>> map, string expected) =>
        (await InputsAsync(later => new WidgetArgs { Map = map(later) })).ShouldBe($$"""{"map":{{expected}}}""", form);

    [Theory]
    [MemberData(nameof(Others))]
    public async Task Values_TravelUnderTheirNames(string kind, Func<WidgetArgs> args, string expected) =>
        (await InputsAsync(_ => args())).ShouldBe(expected, kind);

    [Fact]
    public async Task Initialisers_AddToTheArgumentsOwnCollections()
    {
        var inputs = await InputsAsync(later => new WidgetArgs { List = { "a", later.Address }, Map = { ["k"] = "v", ["id"] = later.Id } });

        inputs.ShouldBe("""{"list":["a","later.test"],"map":{"id":"later-id","k":"v"}}""");
    }

    [Fact]
    public async Task Unknowns_TravelAsUnknown()
    {
        var inputs = await InputsAsync(
            later => new WidgetArgs
            {
                Text = later.Address,
                List = { "known", later.Id },
                Map = { ["a"] = later.Address },
                Part = new PartArgs { Label = Output.Format($"at {later.Address}") },
            },
            isPreview: true);

        inputs.ShouldBe("""{"list":["known","$unknown"],"map":{"a":"$unknown"},"part":{"label":"$unknown"},"text":"$unknown"}""");
    }

    [Fact]
    public async Task Resources_TravelAsReferences()
    {
        var inputs = await InputsAsync(later => new WidgetArgs { Friend = later, Any = new Dictionary<string, object> { ["friend"] = later } });

        inputs.ShouldBe("""{"any":{"friend":{"$resource":"later","id":"later-id"}},"friend":{"$resource":"later","id":"later-id"}}""");
    }

    [Fact]
    public async Task Resources_TravelAsIds_ToEnginesWithoutReferences()
    {
        var run = await RecordingEngine.RunAsync(
            () => Deployment.RunAsync(() => { _ = new Widget("widget", new WidgetArgs { Friend = new Widget("later") }); }), lacks: "resourceReferences");

        run.Inputs("widget").ShouldBe("""{"friend":"later-id"}""");
    }

    private static InputList<string> Added(InputList<string> list, Input<string> more)
    {
        list.Add(more);
        return list;
    }

    private static async Task<string> InputsAsync(Func<Widget, WidgetArgs> args, bool isPreview = false)
    {
        var run = await RecordingEngine.RunAsync(() => Deployment.RunAsync(() => { _ = new Widget("widget", args(new Widget("later"))); }), isPreview);
        return run.Inputs("widget");
    }
}
