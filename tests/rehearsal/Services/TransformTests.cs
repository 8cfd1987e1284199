using System.Collections.Concurrent;
using Google.Protobuf.WellKnownTypes;
using Protocol;
using Pulumirpc;
using Rehearsal.Wire;
using Tests.Rehearsal.Support;

namespace Tests.Rehearsal.Services;

// Promise: the program's transforms see and change what Pulumi's engine lets them see and change, in its order.
public sealed class TransformTests : IAsyncLifetime
{
    private const string Thing = "any:index:Thing";

    private ProgramFunctions _program = null!;
    private EngineServer _engine = null!;

    public async Task InitializeAsync() => (_program, _engine) = (await ProgramFunctions.StartAsync(), await EngineServer.StartAsync());

    public async Task DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _program.DisposeAsync();
    }

    [Fact]
    public async Task OwnTransforms_ComeFirst_ThenThoseOfTheAncestors_ThenThoseOfTheStack()
    {
        var seen = new ConcurrentQueue<string>();
        Callback Named(string name) => _program.Transform(request =>
        {
            seen.Enqueue($"{name}: {request.Type} {request.Name} {(request.Custom ? "custom" : "component")} below {request.Parent.Split("::")[^1]}");
            return new TransformResponse();
        });
        await AddToStackAsync(Named("stack 1"));
        await AddToStackAsync(Named("stack 2"));
        var outer = await _engine.RegisterAsync("my:Outer", "outer", request =>
        {
            request.Custom = false;
            request.Transforms.Add(Named("outer"));
        });
        var inner = await _engine.RegisterAsync("my:Inner", "inner", request =>
        {
            (request.Custom, request.Parent) = (false, outer.Urn);
            request.Transforms.Add(Named("inner"));
        });
        seen.Clear();

        await _engine.RegisterAsync(Thing, "thing", request =>
        {
            request.Parent = inner.Urn;
            request.Transforms.Add([Named("own 1"), Named("own 2")]);
        });

        seen.ShouldBe(
            new[] { "own 1", "own 2", "inner", "outer", "stack 1", "stack 2" }.Select(name => $"{name}: {Thing} thing custom below inner"));
    }

    [Fact]
    public async Task EachTransform_SeesWhatTheOneBeforeItChanged_AndAnEmptyAnswerChangesNothing()
    {
        Callback Adds(string text) => _program.Transform(request => new TransformResponse
        {
            Properties = PropertyEncoder.Encode(PropertyDecoder.Decode(request.Properties) is var given && given.Find("text") is StringProperty old
                ? given.With("text", new StringProperty(old.Value + text)) : given),
        });

        await _engine.RegisterAsync(Thing, "thing", request =>
        {
            request.Object = Text("a");
            request.Protect = true;
            request.Transforms.Add([Adds("b"), _program.Transform(_ => new TransformResponse()), Adds("c")]);
        });

        var state = _engine.Step("thing").New!;
        (state.Inputs, state.Protect).ShouldBe((PropertyMap.Create(("text", new StringProperty("abc"))), true));
    }

    [Fact]
    public async Task SecretsUnknownsAndDependencies_TravelAsOutputs_AndComeBack()
    {
        var other = await _engine.RegisterAsync(Thing, "other");
        var seen = PropertyMap.Empty;
        var transform = _program.Transform(request =>
        {
            seen = PropertyDecoder.Decode(request.Properties);
            return new TransformResponse { Properties = request.Properties };
        });

        await _engine.RegisterAsync(Thing, "thing", request =>
        {
            request.Object = PropertyEncoder.Encode(PropertyMap.Create(
                ("list", new ListProperty([new SecretProperty(new StringProperty("s")), UnknownProperty.Instance])),
                ("plain", new StringProperty("p")), ("secret", new SecretProperty(UnknownProperty.Instance))));
            request.Dependencies.Add(other.Urn);
            request.PropertyDependencies.Add("plain", new Urns { Urns_ = { other.Urn } });
            request.Transforms.Add(transform);
        });

        seen.ShouldBe(PropertyMap.Create(
            ("list", new ListProperty([new OutputProperty(new StringProperty("s"), Secret: true, []), new OutputProperty(null, Secret: false, [])])),
            ("plain", new OutputProperty(new StringProperty("p"), Secret: false, [other.Urn])), ("secret", new OutputProperty(null, Secret: true, []))));
        var state = _engine.Step("thing").New!;
        state.Inputs.ShouldBe(PropertyMap.Create(
            ("list", new ListProperty([new SecretProperty(new StringProperty("s")), UnknownProperty.Instance])),
            ("plain", new StringProperty("p")), ("secret", new SecretProperty(UnknownProperty.Instance))));
        state.Dependencies.Select(urn => urn.Value).ShouldBe([other.Urn]);
        state.PropertyDependencies["plain"].Select(urn => urn.Value).ShouldBe([other.Urn]);
        state.PropertyDependencies["list"].ShouldBeEmpty();
    }

    [Fact]
    public async Task Options_AreAllSeenAndAllReplaced()
    {
        var (one, two) = (await _engine.RegisterAsync(Thing, "one"), await _engine.RegisterAsync(Thing, "two"));
        TransformResourceOptions seen = new();
        var transform = _program.Transform(request =>
        {
            seen = request.Options;
            return new TransformResponse
            {
                Options = new TransformResourceOptions
                {
                    DependsOn = { two.Urn },
                    Protect = false,
                    IgnoreChanges = { "b" },
                    ReplaceOnChanges = { "c" },
                    Version = "2.0.0",
                    Aliases = { new Alias { Spec = new Alias.Types.Spec { Name = "former" } } },
                    RetainOnDelete = true,
                    DeletedWith = two.Urn,
                    CustomTimeouts = new RegisterResourceRequest.Types.CustomTimeouts { Create = "2m" },
                    AdditionalSecretOutputs = { "d" },
                    HideDiff = { "e" },
                    ReplaceWith = { two.Urn },
                    ReplacementTrigger = Value.ForString("now"),
                    DeleteBeforeReplace = true,
                },
            };
        });

        await _engine.RegisterAsync(Thing, "thing", request =>
        {
            request.Dependencies.Add(one.Urn);
            request.Protect = true;
            request.IgnoreChanges.Add("a");
            request.Version = "1.0.0";
            request.AliasURNs.Add(one.Urn);
            request.CustomTimeouts = new RegisterResourceRequest.Types.CustomTimeouts { Create = "1m" };
            request.Hooks = new RegisterResourceRequest.Types.ResourceHooksBinding { AfterUpdate = { "hook" } };
            request.Transforms.Add(transform);
        });

        seen.ShouldBe(new TransformResourceOptions
        {
            DependsOn = { one.Urn },
            Protect = true,
            IgnoreChanges = { "a" },
            Version = "1.0.0",
            Aliases = { new Alias { Urn = one.Urn } },
            CustomTimeouts = new RegisterResourceRequest.Types.CustomTimeouts { Create = "1m" },
            Hooks = new RegisterResourceRequest.Types.ResourceHooksBinding { AfterUpdate = { "hook" } },
        });
        var state = _engine.Step("thing").New!;
        (state.Protect, state.RetainOnDelete, state.DeletedWith!.Value, state.CustomTimeouts.Create, state.ReplacementTrigger).ShouldBe(
            (false, true, two.Urn, "2m", new StringProperty("now")));
        (state.IgnoreChanges.Single(), state.ReplaceOnChanges.Single(), state.AdditionalSecretOutputs.Single(), state.HideDiffs.Single()).ShouldBe(
            ("b", "c", "d", "e"));
        (state.Dependencies.Single().Value, state.ReplaceWith.Single().Value, state.Hooks.IsEmpty).ShouldBe((two.Urn, two.Urn, true));
        state.Provider.ShouldStartWith("urn:pulumi:dev::platform::pulumi:providers:any::default_2_0_0::");
    }

    [Fact]
    public async Task TheProviderOfTheParent_IsSeen_AndLostWithTheOptions()
    {
        var provider = await _engine.RegisterAsync("pulumi:providers:any", "mine");
        var reference = $"{provider.Urn}::04da6b54-80e4-46f7-96ec-b56ff0331ba9";
        var group = await _engine.RegisterAsync("Group", "group", request =>
        {
            request.Custom = false;
            request.Providers.Add("any", reference);
        });
        List<string> seen = [];
        Callback Answers(TransformResourceOptions? options) => _program.Transform(request =>
        {
            seen.Add(request.Options.Provider);
            return new TransformResponse { Options = options };
        });

        foreach (var (name, options) in new[] { ("kept", null), ("lost", new TransformResourceOptions()) })
        {
            await _engine.RegisterAsync(Thing, name, request =>
            {
                request.Parent = group.Urn;
                request.Transforms.Add(Answers(options));
            });
        }

        seen.ShouldBe([reference, reference]);
        _engine.Step("kept").New!.Provider.ShouldBe(reference);
        _engine.Step("lost").New!.Provider.ShouldStartWith("urn:pulumi:dev::platform::pulumi:providers:any::default::");
    }

    [Fact]
    public async Task ExplicitProviders_AreTransformed_AndDefaultOnesAreNot()
    {
        var seen = new ConcurrentQueue<string>();
        await AddToStackAsync(_program.Transform(request =>
        {
            seen.Enqueue($"{request.Type}::{request.Name}");
            return new TransformResponse();
        }));

        await _engine.RegisterAsync("pulumi:providers:any", "mine");
        await _engine.RegisterAsync(Thing, "thing");

        seen.ShouldBe(["pulumi:providers:any::mine", $"{Thing}::thing"]);
        _engine.Plan.Steps.ShouldContain(step => step.IsDefaultProvider);
    }

    [Fact]
    public async Task ATransformThatThrows_IsTheProgramsOwnError_AndRegistersNothing()
    {
        var problem = await Should.ThrowAsync<GrpcException>(() => _engine.RegisterAsync(
            Thing, "thing", request => request.Transforms.Add(_program.Transform(_ => throw new InvalidOperationException("no such size")))));

        (problem.Status, problem.Message).ShouldBe((GrpcStatus.Unknown, "no such size"));
        _engine.Plan.Steps.ShouldNotContain(step => step.Name == "thing");
        _engine.Diagnostics.ShouldBeEmpty();
        (await _engine.RegisterAsync(Thing, "other")).Urn.ShouldEndWith("::other");
    }

    [Theory]
    [InlineData("", "target must be specified")]
    [InlineData("127.0.0.1", "'127.0.0.1' is not the address of a callback: expected host:port")]
    [InlineData("not an address", "'not an address' is not the address of a callback: expected host:port")]
    [InlineData("127.0.0.1:1/path", "'127.0.0.1:1/path' is not the address of a callback: expected host:port")]
    public async Task Rejects_ACallbackWithoutAnAddress(string target, string message)
    {
        foreach (var verb in new[] { "RegisterStackTransform", "RegisterStackInvokeTransform" })
        {
            (await Should.ThrowAsync<GrpcException>(() => _engine.CallAsync(verb, new Callback { Target = target, Token = "t" }, Empty.Parser)))
                .Message.ShouldBe(message);
        }
    }

    [Fact]
    public async Task InvokeTransforms_ChangeArgumentsAndOptions_OneAfterTheOther()
    {
        List<TransformInvokeRequest> seen = [];
        Callback Answers(TransformInvokeResponse answer) => _program.Add(TransformInvokeRequest.Parser, request =>
        {
            seen.Add(request);
            return answer;
        });
        var (region, options) = (Text("eu-north-1", "region"), new TransformInvokeOptions { Version = "7.0.0", PluginDownloadUrl = "https://x" });
        TransformInvokeResponse[] answers = [new() { Args = region }, new() { Options = options }, new()];
        foreach (var answer in answers)
        {
            await _engine.CallAsync("RegisterStackInvokeTransform", Answers(answer), Empty.Parser);
        }

        var result = await _engine.CallAsync(
            "Invoke",
            new ResourceInvokeRequest { Tok = "aws:index/getRegion:getRegion", Args = new Struct(), Version = "6.0.0" }, ResourceInvokeResponse.Parser);

        PropertyDecoder.Decode(result.Return)["region"].ShouldBe(new StringProperty("eu-north-1"));
        seen.ShouldBe([
            new() { Token = "aws:index/getRegion:getRegion", Args = new Struct(), Options = new TransformInvokeOptions { Version = "6.0.0" } },
            new() { Token = "aws:index/getRegion:getRegion", Args = region, Options = new TransformInvokeOptions { Version = "6.0.0" } },
            new() { Token = "aws:index/getRegion:getRegion", Args = region, Options = options },
        ]);
    }

    [Fact]
    public async Task ATransformMayAskTheEngine_WhileItIsWaitedFor()
    {
        await AddToStackAsync(_program.Add(TransformRequest.Parser, request =>
        {
            if (request.Name != "inside")
            {
                _engine.RegisterAsync(Thing, "inside").GetAwaiter().GetResult();
            }
            return new TransformResponse();
        }));

        await _engine.RegisterAsync(Thing, "outside");

        _engine.Plan.Steps.Select(step => step.Name).ShouldBe(["platform-dev", "default", "inside", "outside"]);
    }

    private Task<Empty> AddToStackAsync(Callback transform) => _engine.CallAsync("RegisterStackTransform", transform, Empty.Parser);

    private static Struct Text(string value, string key = "text") => PropertyEncoder.Encode(PropertyMap.Create((key, new StringProperty(value))));
}
