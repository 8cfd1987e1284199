using System.Collections.Immutable;
using System.Text.Json;
using Pulumi;
using Tests.Sdk.Core.Support;

namespace Tests.Sdk.Core;

// Promise: answers of the engine that do not fit are what the official SDK makes of them.
// Each case names the place in github.com/pulumi/pulumi-dotnet, sdk/Pulumi.
[Collection(RecordingEngine.Collection)]
public sealed class AnswerEdgeTests
{
    private const string Signature = "4dabf18193072939515e22adb298388d";

    private static readonly string Odd = typeof(OddResource).FullName!;

    private enum Level
    {
        Low = 1,
    }

    [EnumType]
    private readonly struct Mood
    {
        private readonly string _text;

        private Mood(string text) => _text = text;

        public static explicit operator string(Mood value) => value._text;
    }

    [OutputType]
    private sealed record Place([OutputConstructorParameter("place_name")] string? Name, int Port);

    [OutputType]
    private sealed class Nameless
    {
        public Nameless(string text) => Text = text;

        public Nameless(int number) => Text = $"{number}";

        public string Text { get; }
    }

    private sealed class OddResource(string name, ResourceArgs args) : CustomResource("test:index:Odd", name, args, new CustomResourceOptions())
    {
        [Output("text")]
        public Output<string?> Text { get; private set; } = null!;

        [Output("whole")]
        public Output<int> Whole { get; private set; } = null!;

        [Output("maybe")]
        public Output<double?> Maybe { get; private set; } = null!;

        [Output("list")]
        public Output<ImmutableArray<int>> List { get; private set; } = null!;

        [Output("either")]
        public Output<Union<int, bool>> Either { get; private set; } = null!;

        [Output("level")]
        public Output<Level> Level { get; private set; } = null!;

        [Output("mood")]
        public Output<Mood> Mood { get; private set; } = null!;

        [Output("place")]
        public Output<Place?> Place { get; private set; } = null!;

        [Output("json")]
        public Output<JsonElement> Json { get; private set; } = null!;

        [Output("asset")]
        public Output<Asset?> Asset { get; private set; } = null!;

        [Output("map")]
        public Output<ImmutableDictionary<string, object?>?> Map { get; private set; } = null!;

        [Output("hidden")]
        private Output<string>? Hidden { get; set; }

        public bool HasHidden => Hidden is not null;
    }

    private sealed class WithDate(string name) : CustomResource("test:index:WithDate", name, ResourceArgs.Empty, new CustomResourceOptions())
    {
        [Output("dates")]
        public Output<ImmutableArray<DateTime>> Dates { get; private set; } = null!;
    }

    private sealed class WithList(string name) : CustomResource("test:index:WithList", name, ResourceArgs.Empty, new CustomResourceOptions())
    {
        [Output("list")]
        public Output<List<string>> List { get; private set; } = null!;
    }

    private sealed class WithNameless(string name) : CustomResource("test:index:WithNameless", name, ResourceArgs.Empty, new CustomResourceOptions())
    {
        [Output("nameless")]
        public Output<Nameless> Nameless { get; private set; } = null!;
    }

    private sealed class WithText(string name) : CustomResource("test:index:WithText", name, ResourceArgs.Empty, new CustomResourceOptions())
    {
        [Output("text")]
        public string Text { get; private set; } = "";
    }

    private sealed class WithoutSetter(string name) : CustomResource("test:index:WithoutSetter", name, ResourceArgs.Empty, new CustomResourceOptions())
    {
        [Output("text")]
        public Output<string>? Text => null;
    }

    // Serialization/Converter.cs, TryConvertObject, TryEnsureType, TryConvertOneOf, TryConvertArray
    public static TheoryData<string, object, Func<Resource, Output<string>>, string, string?> Misfits() =>
        new()
        {
            {
                "text",
                3,
                request => At(request).Text.Apply(type => type ?? "null"),
                "null",
                $"Expected System.String but got System.Double deserializing {Odd}.text"
            },
            {
                "whole",
                "no",
                request => At(request).Whole.Apply(word => $"{word}"),
                "0",
                $"Expected System.Double but got System.String deserializing {Odd}.whole"
            },
            {
                "maybe",
                "no",
                request => At(request).Maybe.Apply(member => $"{member}"),
                "0",
                $"Expected System.Double but got System.String deserializing {Odd}.maybe"
            },
            {
                "list",
                ImmutableArray.Create<object>(1, "no", 3),
                request => At(request).List.Apply(line => string.Join(",", line)),
                "1,0,3",
                $"Expected System.Double but got System.String deserializing {Odd}.list"
            },
            { "list", "no", request => At(request).List.Apply(line => $"{line.IsDefault}"), "True", $"but got System.String deserializing {Odd}.list" },
            {
                "either",
                "no",
                request => At(request).Either.Apply(entry => $"{entry.IsT0}"),
                "True",
                $"Expected System.Int32 or System.Boolean but got System.String deserializing {Odd}.either"
            },
            { "either", true, request => At(request).Either.Apply(entry => $"{entry.AsT1}"), "True", null },
            {
                "level",
                "no",
                request => At(request).Level.Apply(line => $"{(int)line}"),
                "0",
                $"Expected System.Double but got System.String deserializing {Odd}.level"
            },
            {
                "mood",
                true,
                request => At(request).Mood.Apply(member => $"{(string)member}"),
                "",
                $"Expected System.String or System.Double but got System.Boolean deserializing {Odd}.mood"
            },
            {
                "mood",
                1,
                request => At(request).Mood.Apply(member => $"{(string)member}"),
                "",
                $"Expected target type {typeof(Mood).FullName} to have a constructor with a single System.Double parameter."
            },
            {
                "place",
                "no",
                request => At(request).Place.Apply(property => $"{property is null}"),
                "True",
                $"but got System.String deserializing {Odd}.place"
            },
            {
                "place",
                Object(("place_name", "n"), ("Port", "no")),
                request => At(request).Place.Apply(property => $"{property!.Name} {property.Port}"),
                "n 0",
                $"deserializing {typeof(Place).FullName}(Port)"
            },
            { "place", Object(), request => At(request).Place.Apply(property => $"{property!.Name ?? "null"} {property.Port}"), "null 0", null },
            {
                "json",
                Object(("asset", new StringAsset("a"))),
                request => At(request).Json.Apply(item => $"{item.ValueKind}"),
                "Undefined",
                $"Unexpected type Pulumi.StringAsset when converting {Odd}.json to JsonElement"
            },
            {
                "map",
                Object((Signature, "of another time"), ("k", "v"), ("__internal", "x")),
                request => At(request).Map.Apply(member => string.Join(",", member!.Keys.Order(StringComparer.Ordinal))),
                $"{Signature},k",
                null
            },
            { "hidden", "unseen", request => Output.Create($"{At(request).HasHidden}"), "False", null },
        };

    // Serialization/OutputCompletionSource.cs, InitializeOutputs; Serialization/Converter.cs, CheckTargetType
    public static TheoryData<Func<Resource>, string> IllegalProperties() => new()
    {
        { () => new WithDate("w"), $"[Output] {typeof(WithDate).FullName}.Dates contains invalid type System.DateTime. Allowed types are:" },
        { () => new WithList("w"), "The only generic types allowed are ImmutableArray<...> and ImmutableDictionary<string, ...>" },
        { () => new WithNameless("w"),
            $"{typeof(Nameless).FullName} had [OutputTypeAttribute], but did not contain constructor marked with [OutputConstructorAttribute]." },
        { () => new WithText("w"), "Output(s) 'text' have incorrect type. [Output] attributed properties must be instances of Output<T>." },
        { () => new WithoutSetter("w"), $"[Output] {typeof(WithoutSetter).FullName}.Text did not have a 'set' method" },
        { () => new CustomResource("", "w", null, new CustomResourceOptions()), "'type' cannot be null or empty. (Parameter 'type')" },
        { () => new CustomResource("test:index:Odd", null!, null, new CustomResourceOptions()), "'name' cannot be null or empty. (Parameter 'name')" },
    };

    [Theory]
    [MemberData(nameof(Misfits))]
    public async Task Answers_ThatDoNotFit_AreWarningsWithThePath(
        string property, object answer, Func<Resource, Output<string>> read, string expected, string? warning)
    {
        var run = await RecordingEngine.RunAsync(() => Deployment.RunAsync(() =>
        {
            var odd = new OddResource("odd", new DictionaryResourceArgs(ImmutableDictionary<string, object?>.Empty.Add(property, answer)));
            return new Dictionary<string, object?> { ["seen"] = read(odd) };
        }));

        run.Errors.ShouldBeEmpty();
        run.Outputs["shop-test"].ShouldBe($$"""{"seen":"{{expected}}"}""");
        run.Warnings.Count.ShouldBe(warning is null ? 0 : 1);
        if (warning is not null)
        {
            run.Warnings[0].ShouldContain(warning);
        }
    }

    [Theory]
    [MemberData(nameof(IllegalProperties))]
    public async Task Rejects_ClassesThatNoAnswerCanFill(Func<Resource> make, string message)
    {
        var run = await RecordingEngine.RunAsync(() => Deployment.RunAsync(() => { _ = make(); }));

        run.ExitCode.ShouldBe(32);
        run.Errors.ShouldHaveSingleItem().ShouldContain(message);
    }

    // Serialization/Converter.cs, TryConvertObject with InvalidAsset; Serialization/Serializer.cs, SerializeAssetOrArchiveAsync
    [Fact]
    public async Task Rejects_AnAnswerThatIsNoAsset_OnlyWhereItIsSent()
    {
        var run = await RecordingEngine.RunAsync(() => Deployment.RunAsync(() =>
        {
            var odd = new OddResource("odd", new DictionaryResourceArgs(ImmutableDictionary<string, object?>.Empty.Add("asset", "no")));
            _ = new Widget("unharmed", new WidgetArgs { Text = odd.Asset.Apply(asset => asset is null ? "null" : "something") });
            _ = new Widget("widget", new WidgetArgs { Asset = odd.Asset.Apply(asset => (AssetOrArchive)asset!) });
        }));

        run.Errors.ShouldHaveSingleItem().ShouldContain("Cannot serialize invalid asset");
    }

    // Deployment/Deployment_Invoke.cs, InvokeAsync: what is known of an answer is there, even if not all of it is
    [Fact]
    public async Task Invokes_AnswerWhatIsKnown()
    {
        Place? place = null;

        await RecordingEngine.RunAsync(
            () => Deployment.RunAsync(async () =>
            {
                var later = new Widget("later");
                var args = ImmutableDictionary<string, object?>.Empty.Add("place_name", "n").Add("Port", later.Count);
                place = await Deployment.Instance.InvokeAsync<Place>("test:index:look", new DictionaryInvokeArgs(args));
            }),
            isPreview: true);

        place.ShouldBe(new Place("n", 0));
    }

    // Deployment/Deployment_ReadOrRegisterResource.cs: only a custom resource is read by its id
    [Fact]
    public async Task Rejects_AnIdOfAComponent()
    {
        var run = await RecordingEngine.RunAsync(() => Deployment.RunAsync(() => { _ = new Site("site", new ComponentResourceOptions { Id = "existing" }); }));

        run.Errors.ShouldHaveSingleItem().ShouldContain("ResourceOptions.Id is only valid for a CustomResource");
    }

    private static OddResource At(Resource resource) => (OddResource)resource;

    private static ImmutableDictionary<string, object> Object(params (string Key, object Value)[] entries) =>
        entries.ToImmutableDictionary(entry => entry.Key, entry => entry.Value);
}
