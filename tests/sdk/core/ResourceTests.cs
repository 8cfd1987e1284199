using System.Collections.Immutable;
using Pulumi;
using Pulumirpc;
using Tests.Sdk.Core.Support;
using Alias = Pulumi.Alias;

namespace Tests.Sdk.Core;

// Promise: the engine hears of parents, providers, dependencies, aliases and options what the program said, and what follows from it.
[Collection(RecordingEngine.Collection)]
public sealed class ResourceTests
{
    [Fact]
    public async Task Dependencies_ComeFromEveryInput()
    {
        var run = await RunAsync(() =>
        {
            var (a, b) = (new Widget("a"), new Widget("b"));
            _ = new Widget(
                "widget",
                new WidgetArgs
                {
                    Text = a.Address,
                    List = { b.Id, "plain" },
                    Count = 1,
                    Part = new PartArgs { Label = Output.Format($"{a.Urn}") },
                });
        });

        run.PropertyDependencies("widget").ShouldBe("count: ; list: b; part: a; text: a");
        run.Dependencies("widget").ShouldBe("a, b");
    }

    [Fact]
    public async Task DependsOn_AComponent_MeansWhatIsInside()
    {
        var run = await RunAsync(() =>
        {
            var site = new Site("site");
            var nested = new Site("nested", new ComponentResourceOptions { Parent = site });
            _ = new Widget(
                "under-custom",
                null,
                new CustomResourceOptions { Parent = new Widget("inner", null, new CustomResourceOptions { Parent = nested }) });
            _ = new Widget("after", null, new CustomResourceOptions { DependsOn = { site } });
        });

        run.Dependencies("after").ShouldBe("inner, nested-server, site-server");
    }

    [Fact]
    public async Task Provider_OfAComponent_IsUsedInside()
    {
        var run = await RunAsync(() =>
        {
            var (one, two) = (new TestProvider("one"), new TestProvider("two"));
            var outer = new Site("outer", new ComponentResourceOptions { Providers = { one } });
            var inner = new Site("inner", new ComponentResourceOptions { Parent = outer });
            _ = new Widget("own", null, new CustomResourceOptions { Parent = inner, Provider = two });
            _ = new Widget("outside");
        });

        run.Registrations.Where(registration => registration.Type == "test:index:Widget")
            .ToDictionary(registration => registration.Name, registration => registration.Provider)
            .ShouldBe(
                new Dictionary<string, string>
                {
                    ["outer-server"] = Reference("one"),
                    ["inner-server"] = Reference("one"),
                    ["own"] = Reference("two"),
                    ["outside"] = "",
                },
                ignoreOrder: true);
    }

    [Fact]
    public async Task Parent_DecidesProtection_UnlessTheChildDoes()
    {
        var run = await RunAsync(() =>
        {
            var site = new Site("site", new ComponentResourceOptions { Protect = true });
            _ = new Widget("open", null, new CustomResourceOptions { Parent = site, Protect = false });
            _ = new Widget("outside");
        });

        run.Registrations.Where(registration => registration.HasProtect)
            .ToDictionary(registration => registration.Name, registration => registration.Protect)
            .ShouldBe(
                new Dictionary<string, bool>
                {
                    ["site"] = true,
                    ["site-server"] = true,
                    ["open"] = false,
                },
                ignoreOrder: true);
        run.Registration("open").Parent.ShouldBe("urn:pulumi:test::shop::test:index:Site::site");
        run.Registration("outside").Parent.ShouldBe("urn:pulumi:test::shop::pulumi:pulumi:Stack::shop-test");
    }

    [Fact]
    public async Task Aliases_TravelAsSpecifications()
    {
        var run = await RunAsync(() =>
        {
            var site = new Site("site");
            _ = new Widget(
                "widget",
                null,
                new CustomResourceOptions
                {
                    Aliases =
                    {
                        new Alias { Name = "old" },
                        new Alias { Urn = "urn:pulumi:a::b::c::d" },
                        new Alias { NoParent = true },
                        new Alias { Parent = site, Type = "test:old:Widget" },
                    },
                });
        });

        run.Registration("widget").Aliases.ShouldBe(
        [
            new Pulumirpc.Alias { Spec = new() { Name = "old" } },
            new Pulumirpc.Alias { Urn = "urn:pulumi:a::b::c::d" },
            new Pulumirpc.Alias { Spec = new() { NoParent = true } },
            new Pulumirpc.Alias { Spec = new() { ParentUrn = "urn:pulumi:test::shop::test:index:Site::site", Type = "test:old:Widget" } },
        ]);
    }

    [Fact]
    public async Task Aliases_AreWorkedOut_ForEnginesWithoutSpecifications()
    {
        var run = await RecordingEngine.RunAsync(
            () =>
                Deployment.RunAsync(() =>
                {
                    _ = new Site("site", new ComponentResourceOptions { Aliases = { new Alias { Name = "old" } } });
                }),
            lacks: "aliasSpecs");

        run.Registration("site").AliasURNs.ShouldBe(["urn:pulumi:test::shop::test:index:Site::old"]);
        run.Registration("site-server").AliasURNs.ShouldBe(["urn:pulumi:test::shop::test:index:Site$test:index:Widget::old-server"]);
    }

    public static TheoryData<Alias, string> Contradictions() => new()
    {
        { new Alias { Urn = "urn:pulumi:a::b::c::d", Name = "old" }, "Alias should not specify both Urn and Name" },
        { new Alias { NoParent = true, ParentUrn = "urn:pulumi:a::b::c::d" }, "Only specify one of 'Parent', 'ParentUrn' or 'NoParent' in an Alias" },
    };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public async Task Rejects_AliasesThatContradictThemselves(Alias alias, string message)
    {
        var run = await RecordingEngine.RunAsync(
            () =>
                Deployment.RunAsync(() =>
                {
                    _ = new Widget("widget", null, new CustomResourceOptions { Aliases = { alias } });
                }),
            lacks: "aliasSpecs");

        run.Errors.ShouldHaveSingleItem().ShouldContain(message);
    }

    [Fact]
    public async Task Merge_TakesTheSecondsValuesAndAppendsItsLists()
    {
        var first = new CustomResourceOptions
        {
            Protect = true,
            Version = "1.0.0",
            IgnoreChanges = { "text" },
            AdditionalSecretOutputs = { "address" },
            DeleteBeforeReplace = true,
        };
        var second = new CustomResourceOptions
        {
            Version = "2.0.0",
            IgnoreChanges = { "text", "list" },
            ImportId = "existing",
            CustomTimeouts = new() { Create = TimeSpan.FromMinutes(5) },
        };

        var run = await RunAsync(() => { _ = new Widget("widget", null, CustomResourceOptions.Merge(first, second)); });

        var sent = run.Registration("widget");
        sent.SourcePosition = Google.Protobuf.ByteString.Empty;
        sent.StackTrace = Google.Protobuf.ByteString.Empty;
        sent.Hooks = null;
        sent.ShouldBe(new RegisterResourceRequest
        {
            Type = "test:index:Widget",
            Name = "widget",
            Custom = true,
            Parent = "urn:pulumi:test::shop::pulumi:pulumi:Stack::shop-test",
            Object = new(),
            Protect = true,
            Version = "2.0.0",
            IgnoreChanges = { "text", "text", "list" },
            AdditionalSecretOutputs = { "address" },
            DeleteBeforeReplace = true,
            DeleteBeforeReplaceDefined = true,
            ImportId = "existing",
            CustomTimeouts = new() { Create = "300000000000ns" },
            AcceptSecrets = true,
            AcceptResources = true,
            SupportsResultReporting = true,
        });
        (first.Version, second.IgnoreChanges.Count).ShouldBe(("1.0.0", 2));
    }

    [Fact]
    public async Task Id_ReadsInsteadOfRegistering()
    {
        var run = await RunAsync(() =>
        {
            var found = new Widget("found", new WidgetArgs { Text = "hint" }, new CustomResourceOptions { Id = "existing" });
            _ = new Widget("widget", new WidgetArgs { List = { found.Id, found.Address } });
        });

        run.Reads.Select(read => (read.Name, read.Id, Hints: WireText.Of(read.Properties))).ShouldBe([("found", "existing", """{"text":"hint"}""")]);
        run.Inputs("widget").ShouldBe("""{"list":["existing","found.test"]}""");
    }

    [Fact]
    public async Task References_ComeBackAsTheirClass()
    {
        var run = await RunAsync(() =>
        {
            var typed = new Widget("typed", new WidgetArgs { Friend = new Gadget("gadget", new WidgetArgs { Text = "inside" }) });
            var untyped = new Widget("untyped", new WidgetArgs { Friend = typed });
            _ = new Widget("widget", new WidgetArgs
            {
                Text = typed.Friend.Apply(friend => ((Gadget)friend!).Text.Apply(text => text!)),
                List = { untyped.Friend.Apply(friend => friend!.Urn) },
            });
        });

        run.Inputs("widget").ShouldBe("""{"list":["urn:pulumi:test::shop::test:index:Widget::typed"],"text":"inside"}""");
    }

    [Fact]
    public async Task Invokes_CarryProviderAndDependencies()
    {
        var run = await RunAsync(() =>
        {
            var site = new Site("site", new ComponentResourceOptions { Providers = { new TestProvider("own") } });
            var later = new Widget("later");
            var answer = Deployment.Instance.Invoke<ImmutableDictionary<string, string>>(
                "test:index:look",
                new DictionaryInvokeArgs(ImmutableDictionary<string, object?>.Empty.Add("name", later.Address)),
                new InvokeOptions { Parent = site });
            _ = new Widget("widget", new WidgetArgs { Text = answer.Apply(found => found["name"]) });
        });

        run.Invokes.Select(invoke => (invoke.Tok, invoke.Provider, Args: WireText.Of(invoke.Args)))
            .ShouldBe([("test:index:look", Reference("own"), """{"name":"later.test"}""")]);
        run.Dependencies("widget").ShouldBe("later");
        run.Inputs("widget").ShouldBe("""{"text":"later.test"}""");
    }

    [Fact]
    public async Task Transformations_OfTheParentRunAfterTheResourcesOwn()
    {
        static ResourceTransformation Append(string text) => args =>
        {
            if (args.Args is WidgetArgs widget)
            {
                widget.List.Add($"{text} {args.Resource.GetResourceName()}");
            }
            return null;
        };

        var run = await RunAsync(() =>
        {
            var site = new Site("site", new ComponentResourceOptions { ResourceTransformations = { Append("site") } });
            _ = new Widget(
                "widget",
                new WidgetArgs { List = { "given" } },
                new CustomResourceOptions { Parent = site, ResourceTransformations = { Append("own") } });
        });

        run.Inputs("widget").ShouldBe("""{"list":["given","own widget","site widget"]}""");
    }

    [Fact]
    public async Task RemoteComponents_GetOutputValues()
    {
        var run = await RunAsync(() =>
        {
            var later = new Widget("later");
            _ = new ComponentResource(
                "test:index:Far",
                "far",
                new WidgetArgs
                {
                    Text = later.Address,
                    Count = 1,
                    Any = Output.CreateSecret<object>("hidden"),
                    Friend = later,
                },
                null,
                remote: true);
        });

        run.Inputs("far")
            .ShouldBe(
                """{"any":{"$output":"hidden","secret":true},"count":1,"friend":{"$resource":"later","id":"later-id"},"text":{"$output":"later.test","from":"later"}}""");
    }

    [Fact]
    public async Task Stash_SendsItsInput()
    {
        var run = await RunAsync(() =>
            _ = new Stash("stash", new StashArgs { Input = Output.CreateSecret<object>(new Dictionary<string, object> { ["key"] = "value" }) }));

        (run.Registration("stash").Type, run.Inputs("stash")).ShouldBe(("pulumi:index:Stash", """{"input":{"$secret":{"key":"value"}}}"""));
    }

    private static string Reference(string provider) => $"urn:pulumi:test::shop::pulumi:providers:test::{provider}::{provider}-id";

    private static Task<RecordedRun> RunAsync(Action program) => RecordingEngine.RunAsync(() => Deployment.RunAsync(program));
}
