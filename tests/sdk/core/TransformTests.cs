using System.Collections.Immutable;
using Pulumi;
using Pulumi.Utilities;
using Pulumirpc;
using Tests.Sdk.Core.Support;

namespace Tests.Sdk.Core;

// Promise: the engine calls a program's transforms back, sees what they change, and every value and option passes through unharmed.
[Collection(RecordingEngine.Collection)]
public sealed class TransformTests
{
    private sealed class Group(string name, ComponentResourceOptions? options = null) : ComponentResource("test:index:Group", name, options);

    [Fact]
    public async Task Transform_ChangesInputsAndOptions()
    {
        var run = await Run(() =>
            _ = new Widget(
                "widget",
                new WidgetArgs { Text = "given", Count = 2 },
                new CustomResourceOptions
                {
                    ResourceTransforms =
                    {
                        (args, _) =>
                            Result(
                                args.Args.SetItem("text", $"{args.Args["text"]} by {args.Name}"),
                                CustomResourceOptions.Merge(
                                    (CustomResourceOptions)args.Options,
                                    new CustomResourceOptions
                                    {
                                        Protect = true,
                                        IgnoreChanges = { "count" },
                                        AdditionalSecretOutputs = { "text" },
                                    })),
                    },
                }));

        var registration = run.Registration("widget");
        (run.Inputs("widget"), registration.Protect, registration.IgnoreChanges.Single(), registration.AdditionalSecretOutputs.Single())
            .ShouldBe(("""{"count":2,"text":"given by widget"}""", true, "count", "text"));
    }

    [Fact]
    public async Task NoResult_LeavesTheResource()
    {
        var run = await Run(() =>
            _ = new Widget("widget", new WidgetArgs { Text = "given" }, new CustomResourceOptions { Protect = true, ResourceTransforms = { Nothing } }));

        run.Transforms.Single().Answer.ShouldBe(new TransformResponse());
        (run.Inputs("widget"), run.Registration("widget").Protect).ShouldBe(("""{"text":"given"}""", true));
    }

    [Fact]
    public async Task OwnTransforms_ComeBeforeThoseOfTheComponentAndOfTheStack()
    {
        var run = await RecordingEngine.RunAsync(() =>
            Deployment.RunAsync(
                () =>
                {
                    var group = new Group("group", new ComponentResourceOptions { ResourceTransforms = { Append("component") } });
                    _ = new Widget(
                        "widget",
                        new WidgetArgs { Text = "text" },
                        new CustomResourceOptions { Parent = group, ResourceTransforms = { Append("first"), Append("second") } });
                    return Task.FromResult<IDictionary<string, object?>>(new Dictionary<string, object?>());
                },
                new StackOptions { ResourceTransforms = { Append("stack") } }));

        run.Errors.ShouldBeEmpty();
        run.Inputs("widget").ShouldBe("""{"text":"text first second component stack"}""");
    }

    [Fact]
    public async Task Values_AreOutputsWhereTheyAreSecretUnknownOrDependOnSomething()
    {
        var seen = ImmutableDictionary<string, object?>.Empty;
        var run = await Run(
            () =>
            {
                var other = new Widget("other", new WidgetArgs { Text = "other" });
                _ = new Widget(
                    "widget",
                    new WidgetArgs
                    {
                        Text = Output.CreateSecret("hidden"),
                        Any = other.Address.Apply(argument => (object)argument),
                        Encoded = null,
                        Count = other.Count.Apply(_ => 3),
                        List = { "a", Output.CreateSecret("b") },
                        Flag = true,
                    },
                    new CustomResourceOptions
                    {
                        ResourceTransforms =
                        {
                            (args, _) =>
                            {
                                seen = args.Args;
                                return Result(args.Args, args.Options);
                            },
                        },
                    });
            },
            isPreview: true);

        seen.OrderBy(step => step.Key, StringComparer.Ordinal)
            .Select(step =>
                $"{step.Key}: {step.Value!.GetType().Name}<{string.Join(",", step.Value.GetType().GenericTypeArguments.Select(argument => argument.Name))}>")
            .ShouldBe(["any: Output`1<Object>", "count: Output`1<Object>", "flag: Boolean<>", "list: ImmutableArray`1<Object>", "text: Output`1<String>"]);
        (await OutputUtilities.GetValueAsync((Output<string>)seen["text"]!), await Output.IsSecretAsync((Output<string>)seen["text"]!)).ShouldBe(
            ("hidden", true));
        var (asked, answer) = run.Transforms.Single();
        answer.Properties.ShouldBe(asked.Properties);
        run.Inputs("widget")
            .ShouldBe(
                """{"any":{"$output":"$unknown","from":"other"},"count":{"$output":"$unknown","from":"other"},"flag":true,"list":["a",{"$output":"b","secret":true}],"text":{"$output":"hidden","secret":true}}""");
    }

    [Fact]
    public async Task OutputsOfATransform_TravelAsOutputValues()
    {
        var run = await Run(() =>
            _ = new Widget(
                "widget",
                new WidgetArgs { Text = "given" },
                new CustomResourceOptions
                {
                    ResourceTransforms =
                    {
                        (args, _) =>
                            Result(
                                args.Args.SetItem("text", Output.CreateSecret("made"))
                                    .SetItem("any", OutputUtilities.CreateUnknown("x"))
                                    .SetItem("list", new[] { "a" })
                                    .SetItem("flag", null),
                                args.Options),
                    },
                }));

        run.Inputs("widget").ShouldBe("""{"any":{"$output":"$unknown"},"list":["a"],"text":{"$output":"made","secret":true}}""");
    }

    [Fact]
    public async Task AllOptions_PassThroughUnchanged()
    {
        var run = await Run(() =>
        {
            var other = new Widget("other");
            _ = new Widget(
                "widget",
                null,
                new CustomResourceOptions
                {
                    Provider = new ProviderResource("test", "provider", ResourceArgs.Empty, null, null),
                    DependsOn = { other },
                    DeletedWith = other,
                    ReplaceWith = { other },
                    Protect = false,
                    RetainOnDelete = true,
                    DeleteBeforeReplace = true,
                    IgnoreChanges = { "a" },
                    ReplaceOnChanges = { "b" },
                    HideDiffs = { "c" },
                    AdditionalSecretOutputs = { "d" },
                    Version = "1.2.3",
                    PluginDownloadURL = "https://plugins.test",
                    CustomTimeouts = new CustomTimeouts { Create = new TimeSpan(0, 1, 30, 2, 500), Delete = TimeSpan.FromMilliseconds(1.5) },
                    Aliases =
                    {
                        new Pulumi.Alias { Urn = "urn:pulumi:test::shop::test:index:Widget::before" },
                        new Pulumi.Alias { Name = "older", NoParent = true },
                        new Pulumi.Alias { Type = "t:t:T", ParentUrn = other.Urn },
                    },
                    Hooks =
                    {
                        BeforeCreate = { new ResourceHook("hook", (_, _) => Task.CompletedTask) },
                        OnError = { new ErrorHook("error", (_, _) => Task.FromResult(false)) },
                    },
                    ResourceTransforms = { (args, _) => Result(args.Args, args.Options) },
                });
        });

        run.Errors.ShouldBeEmpty();
        var (asked, answer) = run.Transforms.Single();
        (asked.Options.CustomTimeouts.Create, asked.Options.CustomTimeouts.Delete).ShouldBe(("1h30m2.5s", "1.5ms"));
        var expected = asked.Options.Clone();
        expected.CustomTimeouts = new RegisterResourceRequest.Types.CustomTimeouts { Create = "5402500000000ns", Delete = "1500000ns" };
        answer.Options.ShouldBe(expected);
    }

    [Fact]
    public async Task Exception_RefusesTheResource()
    {
        var run = await Run(() =>
            _ = new Widget("widget", null, new CustomResourceOptions { ResourceTransforms = { (_, _) => throw new IOException("the transform gives up") } }));

        run.ExitCode.ShouldBe(32);
        run.Errors.ShouldHaveSingleItem().ShouldContain("the transform gives up");
    }

    [Fact]
    public async Task Transform_RunsInTheProgramsContext()
    {
        var run = await Run(() => _ = new Widget("widget", null, new CustomResourceOptions
        {
            ResourceTransforms =
            {
                async (args, _) =>
                {
                    await Task.Yield();
                    Log.Warn($"{Deployment.Instance.StackName} has {args.Type}");
                    return null;
                },
            },
        }));

        run.Warnings.ShouldBe(["test has test:index:Widget"]);
    }

    [Fact]
    public async Task InvokeTransform_ChangesArgumentsAndOptionsOfLaterCalls()
    {
        var run = await Run(() =>
        {
            Deployment.Instance.RegisterInvokeTransform((args, _) => Task.FromResult<InvokeTransformResult?>(
                new InvokeTransformResult(args.Args.SetItem("token", args.Token), new InvokeOptions { Version = "2.0.0" })));
            Deployment.Instance.RegisterInvokeTransform((_, _) => Task.FromResult<InvokeTransformResult?>(null));
            Deployment.Instance.Invoke<ImmutableDictionary<string, string>>(
                "test:index:echo",
                new DictionaryInvokeArgs(ImmutableDictionary<string, object?>.Empty.Add("a", "b")));
        });

        run.Errors.ShouldBeEmpty();
        var invoke = run.Invokes.Single();
        (WireText.Of(invoke.Args), invoke.Version).ShouldBe(("""{"a":"b","token":"test:index:echo"}""", "2.0.0"));
    }

    public static TheoryData<string, Action, string> Lacking() => new()
    {
        {
            "transforms", () => _ = new Widget("widget", null, new CustomResourceOptions { ResourceTransforms = { Nothing } }),
            "The Pulumi CLI does not support resource transforms. Please update the Pulumi CLI."
        },
        {
            "invokeTransforms", () => Deployment.Instance.RegisterInvokeTransform((_, _) => Task.FromResult<InvokeTransformResult?>(null)),
            "The Pulumi CLI does not support invoke transforms. Please update the Pulumi CLI."
        },
    };

    [Theory]
    [MemberData(nameof(Lacking))]
    public async Task Rejects_AnEngineWithoutTheFeature(string feature, Action program, string message)
    {
        var run = await RecordingEngine.RunAsync(() => Deployment.RunAsync(program), lacks: feature);

        run.ExitCode.ShouldBe(32);
        run.Errors.ShouldHaveSingleItem().ShouldContain(message);
    }

    [Fact]
    public async Task Mocks_LetTransformsAndHooksAlone()
    {
        var resources = await Deployment.TestAsync(
            new EchoMocks(),
            new Pulumi.Testing.TestOptions(),
            () =>
                _ = new Widget(
                    "widget",
                    null,
                    new CustomResourceOptions
                    {
                        ResourceTransforms = { Nothing },
                        Hooks = { BeforeCreate = { new ResourceHook("hook", (_, _) => throw new InvalidOperationException("nobody calls this")) } },
                    }));

        resources.Select(resource => resource.GetResourceName()).ShouldBe(["widget"]);
    }

    private static Task<RecordedRun> Run(Action program, bool isPreview = false) =>
        RecordingEngine.RunAsync(() => Deployment.RunAsync(program), isPreview);

    private static Task<ResourceTransformResult?> Result(ImmutableDictionary<string, object?> args, ResourceOptions options) =>
        Task.FromResult<ResourceTransformResult?>(new ResourceTransformResult(args, options));

    private static Task<ResourceTransformResult?> Nothing(ResourceTransformArgs args, CancellationToken cancellation) =>
        Task.FromResult<ResourceTransformResult?>(null);

    private static ResourceTransform Append(string word) =>
        (args, _) =>
            args.Args.TryGetValue("text", out var text)
                ? Result(args.Args.SetItem("text", $"{text} {word}"), args.Options)
                : Task.FromResult<ResourceTransformResult?>(null);
}
