using System.Collections.Immutable;
using Pulumi;
using Pulumi.Utilities;
using Tests.Sdk.Core.Support;

namespace Tests.Sdk.Core;

// Promise: at the edges inputs do what the official SDK's inputs do.
// Each case names the place in github.com/pulumi/pulumi-dotnet, sdk/Pulumi, that says what is right.
[Collection(RecordingEngine.Collection)]
public sealed class InputEdgeTests
{
    private enum Small : byte
    {
        One = 1,
    }

    [EnumType]
    private readonly struct Mood(string? text)
    {
        public static explicit operator string?(Mood value) => value._text;

        private readonly string? _text = text;
    }

    [OutputType]
    private sealed class Answered(string text, string? nothing)
    {
        public readonly string FirstText = text;
        public readonly string? Nothing = nothing;
        public string Changing = "not sent";
    }

    private sealed class NamedArgs : ResourceArgs
    {
        [Input("id")]
        public Input<string>? Id { get; set; }

        [Input("urn")]
        public Input<string>? Urn { get; set; }

        [Input("identity")]
        public Input<string>? Identity { get; set; }

        [Input("encoded", json: true)]
        public Input<object>? Encoded { get; set; }
    }

    // Serialization/Serializer.cs, SerializeAsync
    public static TheoryData<string, Func<object>, string> Values() => new()
    {
        { "nothing of an Apply without a result", () => Output.Create("x").Apply(_ => Task.CompletedTask), "{}" },
        { "enum without a text", () => new Mood(null), "{}" },
        { "enum with a text", () => new Mood("glad"), """{"any":"glad"}""" },
        { "answer of a provider", () => new Answered("t", null), """{"any":{"firstText":"t","nothing":null}}""" },
        { "unset list", () => new[] { default(ImmutableArray<string>) }, """{"any":[[]]}""" },
    };

    // Serialization/Serializer.cs, SerializeAsync and SerializeCollectionAsync; the label is that of Deployment/Deployment_RegisterResource.cs
    public static TheoryData<string, Func<object>, string> Refusals() => new()
    {
        { "unsupported type", () => new Dictionary<string, object> { ["list"] = new object[] { 1, new Version(1, 0) } },
            "System.Version is not a supported argument type.\n\tresource:widget[test:index:Widget].any.id.list[1]" },
        { "enum of another size", () => Small.One, "+Small is not a supported argument type.\n\tresource:widget[test:index:Widget].any.id" },
        { "keys that are no texts", () => new Dictionary<string, object> { ["in"] = new Dictionary<int, string> { [1] = "a" } },
            "Dictionaries are only supported with string keys:\n\tresource:widget[test:index:Widget].any.id.in" },
        { "task", () => new object[] { Task.Delay(Timeout.Infinite) },
            "Tasks are not allowed inside ResourceArgs. Please wrap your Task in an Output:\n\tresource:widget[test:index:Widget].any.id[0]" },
        { "type inside an output inside a list", () => new object[] { Output.Create<object>(1.5m) },
            "System.Decimal is not a supported argument type.\n\tresource:widget[test:index:Widget].any.id[0].id" },
    };

    // Core/InputMap.cs, Add and AddRange
    public static TheoryData<string, Func<InputMap<string>>, string> Doubles() => new()
    {
        { "added twice", () => new InputMap<string> { { "a", "1" }, { "a", "2" } }, "Key 'a' already exists in the map with a different value." },
        { "set twice", () => SetTwice(new() { ["b"] = "1" }, "b", Output.Create("2")), "Key 'b' already exists in the map with a different value." },
        { "added to an output", () => Added(Output.Create(ImmutableDictionary<string, string>.Empty.Add("a", "1")), "a", "2"),
            "Key 'a' already exists in the map with a different value." },
        { "two maps", () => new InputMap<string> { { "a", "1" }, new InputMap<string> { ["a"] = "1" } },
            "An element with the same key but a different value already exists. Key: 'a'" },
        { "map and output", () => new InputMap<string> { { "a", "1" }, Output.Create(ImmutableDictionary<string, string>.Empty.Add("a", "1")) },
            "An element with the same key but a different value already exists. Key: 'a'" },
        { "null dictionary", () => (Dictionary<string, string>)null!, "Value cannot be null. (Parameter 'pairs')" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task Values_TravelAsOfficially(string kind, Func<object> value, string expected)
    {
        var run = await RunAsync(() => { _ = new Widget("widget", new WidgetArgs { Any = value() }); });

        run.Inputs("widget").ShouldBe(expected, kind);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Rejects_WhatCannotTravel_WithItsPath(string kind, Func<object> value, string message)
    {
        var run = await RunAsync(() => { _ = new Widget("widget", new WidgetArgs { Any = value() }); });

        run.ExitCode.ShouldBe(32, kind);
        run.Errors.ShouldHaveSingleItem().ShouldContain(message);
        run.Errors[0].ShouldContain("error serializing property \"any\": ");
    }

    [Theory]
    [MemberData(nameof(Doubles))]
    public async Task Rejects_KeysThatAMapHasAlready(string kind, Func<InputMap<string>> map, string message)
    {
        var run = await RunAsync(() => { _ = new Widget("widget", new WidgetArgs { Map = map() }); });

        run.ExitCode.ShouldBe(32, kind);
        run.Errors.ShouldHaveSingleItem().ShouldContain(message);
    }

    // Core/InputMap.cs, Add: the same value twice is taken, and has the marks of both
    [Fact]
    public async Task Keys_WithTheSameValue_AreTakenTwice()
    {
        var map = new InputMap<string> { { "a", "1" }, { "a", Output.CreateSecret("1") }, { "b", "2" } };

        var run = await RunAsync(() => { _ = new Widget("widget", new WidgetArgs { Map = map }); });

        run.Inputs("widget").ShouldBe("""{"map":{"a":{"$secret":"1"},"b":"2"}}""");
    }

    // Core/InputMap.cs, the conversion from an output of an ImmutableDictionary; Core/Output.cs, Apply
    [Fact]
    public async Task NullMaps_StayNull()
    {
        var run = await RunAsync(() =>
        {
            InputMap<string> map = Output.CreateSecret(default(ImmutableDictionary<string, string>)!);
            InputMap<string> plain = (ImmutableDictionary<string, string>)null!;
            _ = new Widget("widget", new WidgetArgs { Map = plain, Text = map.Apply(member => member is null ? "null" : "something") });
        });

        run.Inputs("widget").ShouldBe("""{"text":{"$secret":"null"}}""");
    }

    // Core/InputList.cs, the conversions from arrays and lists
    [Fact]
    public void Rejects_ListsThatAreNull() => (
        Should.Throw<ArgumentNullException>(() => (InputList<string>)(string[])null!).ParamName,
        Should.Throw<ArgumentNullException>(() => (InputList<string>)(Input<string>[])null!).ParamName,
        Should.Throw<ArgumentNullException>(() => (InputList<string>)(List<string>)null!).ParamName).ShouldBe(("source", "items", "items"));

    // Core/InputList.cs and Core/InputMap.cs, GetAsyncEnumerator
    [Fact]
    public async Task Enumeration_OfWhatIsNotKnown_IsEmpty()
    {
        var unknown = OutputUtilities.CreateUnknown("never seen");
        var seen = new List<string>();

        await foreach (var element in new InputList<string> { "a", unknown })
        {
            seen.Add(await OutputUtilities.GetValueAsync(element.ToOutput()));
        }
        await foreach (var entry in new InputMap<string> { ["a"] = "1", ["b"] = unknown })
        {
            seen.Add((await OutputUtilities.GetValueAsync(entry.ToOutput())).Key);
        }

        seen.ShouldBeEmpty();
    }

    // Deployment/Deployment_Serialization.cs, SerializeResourcePropertiesAsync; Resources/InputArgs.cs, ConvertToJson
    [Fact]
    public async Task IdAndUrn_AreNoInputs_AndJsonOfANullIsAText()
    {
        var args = new NamedArgs { Id = "i", Urn = "u", Identity = "sent", Encoded = Output.Create(default(object)!) };

        var run = await RunAsync(() => { _ = new CustomResource("test:index:Named", "named", args, new CustomResourceOptions()); });

        run.Inputs("named").ShouldBe("""{"encoded":"null","identity":"sent"}""");
    }

    // Deployment/Deployment_Invoke.cs, RawInvoke: only the texts of the arguments are looked at, however deep they are
    [Fact]
    public async Task Invokes_LookForUnknownsWithoutAskingForResources()
    {
        var run = await RecordingEngine.RunAsync(
            () => Deployment.RunAsync(() =>
            {
                foreach (var (name, value) in new (string, Output<string>)[] { ("known", Output.Create("k")), ("unknown", new Widget("later").Address) })
                {
                    var deep = new[] { new Dictionary<string, object> { ["in"] = Output.CreateSecret(value) } };
                    Deployment.Instance.Invoke<object>($"test:index:{name}", new LookArgs { Friend = new Component(name), Deep = deep });
                }
            }),
            isPreview: true);

        run.Invokes.Select(invoke => invoke.Tok).ShouldBe(["test:index:known"]);
    }

    // Deployment/Deployment_RegisterResource.cs, CreateRegisterResourceRequest: what the engine says of references decides only about what it is sent
    [Fact]
    public async Task Resources_AreAccepted_FromEnginesWithoutReferences()
    {
        var run = await RecordingEngine.RunAsync(
            () => Deployment.RunAsync(() =>
            {
                _ = new Widget("read", null, new CustomResourceOptions { Id = new Widget("made").Id });
                Deployment.Instance.Invoke<object>("test:index:look", new LookArgs());
            }),
            lacks: "resourceReferences");

        run.Registrations.Select(registration => registration.AcceptResources).ShouldBe([true, true]);
        (run.Reads.Single().AcceptResources, run.Invokes.Single().AcceptResources).ShouldBe((true, true));
    }

    // Deployment/Deployment_ReadOrRegisterResource.cs, ReadOrRegisterResourceAsync
    [Fact]
    public async Task Reads_ByAnIdThatIsNotKnown_AreRegistrations()
    {
        var run = await RecordingEngine.RunAsync(
            () => Deployment.RunAsync(() =>
            {
                _ = new Widget("unknown", null, new CustomResourceOptions { Id = new Widget("later").Address });
                _ = new Widget("empty", null, new CustomResourceOptions { Id = "" });
                _ = new Widget("known", null, new CustomResourceOptions { Id = "i" });
            }),
            isPreview: true);

        run.Registrations.Select(registration => registration.Name).Order(StringComparer.Ordinal).ShouldBe(["empty", "later", "shop-test", "unknown"]);
        run.Reads.Select(read => read.Name).ShouldBe(["known"]);
    }

    private static InputMap<string> SetTwice(InputMap<string> map, string key, Input<string> value)
    {
        map[key] = value;
        return map;
    }

    private static InputMap<string> Added(InputMap<string> map, string key, Input<string> value)
    {
        map.Add(key, value);
        return map;
    }

    private static Task<RecordedRun> RunAsync(Action program) => RecordingEngine.RunAsync(() => Deployment.RunAsync(program));

    private sealed class Component(string name) : ComponentResource("test:index:Component", name);

    private sealed class LookArgs : InvokeArgs
    {
        [Input("friend")]
        public Input<Resource>? Friend { get; set; }

        [Input("deep")]
        public object? Deep { get; set; }
    }
}
