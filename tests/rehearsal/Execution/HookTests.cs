using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Protocol;
using Pulumirpc;
using Rehearsal;
using Rehearsal.Events;
using Rehearsal.State;
using Rehearsal.Wire;
using Tests.Rehearsal.Support;
using Binding = Pulumirpc.RegisterResourceRequest.Types.ResourceHooksBinding;

namespace Tests.Rehearsal.Execution;

// Promise: hooks of the program run around operations with the values that Pulumi's engine gives them, and what they throw has its consequences.
public sealed class HookTests : IAsyncLifetime
{
    private const string Thing = "any:index:Thing";
    private const string Request = "tls:index/certRequest:CertRequest";
    private const string Urn = "urn:pulumi:dev::platform::any:index:Thing::thing";

    private static readonly Binding All = new()
    {
        BeforeCreate = { "beforeCreate" },
        AfterCreate = { "afterCreate" },
        BeforeUpdate = { "beforeUpdate" },
        AfterUpdate = { "afterUpdate" },
        BeforeDelete = { "beforeDelete" },
        AfterDelete = { "afterDelete" },
    };

    private readonly List<(string Hook, ResourceHookRequest Request)> _calls = [];
    private readonly Dictionary<string, string> _failing = new(StringComparer.Ordinal);
    private readonly List<ErrorHookRequest> _errors = [];
    private ProgramFunctions _program = null!;

    public async Task InitializeAsync() => _program = await ProgramFunctions.StartAsync();

    public async Task DisposeAsync() => await _program.DisposeAsync();

    [Fact]
    public async Task Hooks_RunAroundCreationUpdateAndDeletion_WithOldAndNewValues()
    {
        Checkpoint state;
        await using (var engine = await StartAsync(OperationKind.Update))
        {
            await engine.RegisterAsync(Thing, "thing", Of("1", All));
            state = engine.State;
        }
        await using (var engine = await StartAsync(OperationKind.Update, state))
        {
            await engine.RegisterAsync(Thing, "thing", Of("2", All));
            state = engine.State;
        }
        await using (var engine = await StartAsync(OperationKind.Update, state))
        {
            engine.End();
            engine.State.Resources.ShouldNotContain(resource => resource.Urn.Value == Urn);
        }

        var (one, two, id) = (Inputs("1"), Inputs("2"), state.Resources.Single(resource => resource.Urn.Value == Urn).Id!);
        _calls.ShouldBe([
            ("beforeCreate", Call("", newInputs: one)),
            ("afterCreate", Call(id, newInputs: one, newOutputs: one)),
            ("beforeUpdate", Call(id, newInputs: two, oldInputs: one, oldOutputs: one)),
            ("afterUpdate", Call(id, newInputs: two, oldInputs: one, newOutputs: two, oldOutputs: one)),
            ("beforeDelete", Call(id, oldInputs: two, oldOutputs: two)),
            ("afterDelete", Call(id, oldInputs: two, oldOutputs: two)),
        ]);
    }

    [Fact]
    public async Task APreview_RunsOnlyHooksThatWantIt_AndSecretsAndUnknownsTravelMarked()
    {
        await using var engine = await StartAsync(OperationKind.Preview, onDryRun: ["beforeCreate"]);
        var inputs = PropertyEncoder.Encode(PropertyMap.Create(("s", new SecretProperty(new StringProperty("x"))), ("u", UnknownProperty.Instance)));

        await engine.RegisterAsync(Thing, "thing", request => (request.Object, request.Hooks) = (inputs, All));

        _calls.ShouldBe([("beforeCreate", Call("", newInputs: inputs))]);
    }

    [Theory]
    [InlineData("beforeCreate", "before", false)]
    [InlineData("afterCreate", "after", true)]
    public async Task AHookThatFails_EndsTheOperation_AndWhatWasDoneBeforeIsKept(string hook, string when, bool kept)
    {
        _failing[hook] = "not today";
        await using var engine = await StartAsync(OperationKind.Update);

        (await Should.ThrowAsync<GrpcException>(() => engine.RegisterAsync(Thing, "thing", Of("1", All)))).Message.ShouldBe("the operation has ended");

        engine.Diagnostics.ShouldBe([new Diagnostic(
            DiagnosticSeverity.Error, $"{when} hook \"{hook}\" failed: not today", global::Rehearsal.Graph.Urn.Parse(Urn))]);
        engine.State.Resources.Any(resource => resource.Urn.Value == Urn).ShouldBe(kept);
        engine.Step("thing").Failed.ShouldBeTrue();
    }

    [Theory]
    [InlineData("beforeCreate", "before")]
    [InlineData("afterCreate", "after")]
    public async Task AHookWhoseErrorsAreIgnored_OnlyWarns(string hook, string when)
    {
        _failing[hook] = "not today";
        await using var engine = await StartAsync(OperationKind.Update, ignoring: [hook]);

        await engine.RegisterAsync(Thing, "thing", Of("1", All));

        engine.Diagnostics.ShouldBe([new Diagnostic(
            DiagnosticSeverity.Warning, $"{when} hook \"{hook}\" failed: not today", global::Rehearsal.Graph.Urn.Parse(Urn))]);
        engine.State.Resources.ShouldContain(resource => resource.Urn.Value == Urn);
    }

    [Fact]
    public async Task ADeletionWhoseHookFails_DoesNotHappen()
    {
        Checkpoint state;
        await using (var engine = await StartAsync(OperationKind.Update))
        {
            await engine.RegisterAsync(Thing, "thing", Of("1", All));
            state = engine.State;
        }
        _failing["beforeDelete"] = "still in use";
        await using var next = await StartAsync(OperationKind.Update, state);

        next.End();

        next.Diagnostics.Select(diagnostic => diagnostic.Message).ShouldBe(["before hook \"beforeDelete\" failed: still in use", "update failed"]);
        next.State.Resources.ShouldContain(resource => resource.Urn.Value == Urn);
    }

    [Fact]
    public async Task AComponent_RunsItsAfterHooks_WhenItsOutputsCome()
    {
        await using var engine = await StartAsync(OperationKind.Update);
        var group = await engine.RegisterAsync("Group", "group", request => (request.Custom, request.Hooks) = (false, All));
        _calls.Select(call => call.Hook).ShouldBe(["beforeCreate"]);

        await engine.CallAsync("RegisterResourceOutputs", new RegisterResourceOutputsRequest { Urn = group.Urn, Outputs = Inputs("1") }, Empty.Parser);

        _calls.Select(call => call.Hook).ShouldBe(["beforeCreate", "afterCreate"]);
        _calls[1].Request.NewOutputs.ShouldBe(Inputs("1"));
    }

    [Fact]
    public async Task Rejects_AHookThatIsNotRegistered_ThatHasNoName_OrTheNameOfAnother()
    {
        await using var engine = await StartAsync(OperationKind.Update);
        var callback = new Callback { Target = _program.Address, Token = "t" };
        async Task<string> Refused(string verb, IMessage request)
            => (await Should.ThrowAsync<GrpcException>(() => engine.CallAsync(verb, request, Empty.Parser))).Message;

        (await Refused("RegisterResourceHook", new RegisterResourceHookRequest { Callback = callback })).ShouldBe("resource hook name cannot be empty");
        (await Refused("RegisterResourceHook", new RegisterResourceHookRequest { Name = "afterCreate", Callback = callback }))
            .ShouldBe("resource hook already registered for name \"afterCreate\"");
        (await Refused("RegisterErrorHook", new RegisterErrorHookRequest { Callback = callback })).ShouldBe("error hook name cannot be empty");
        (await Refused("RegisterErrorHook", new RegisterErrorHookRequest { Name = "x" })).ShouldBe("target must be specified");
        await Should.ThrowAsync<GrpcException>(() => engine.RegisterAsync(Thing, "thing", Of("1", new Binding { BeforeCreate = { "unheard-of" } })));
        engine.Diagnostics.ShouldHaveSingleItem().Message.ShouldBe("hook \"unheard-of\" was not registered");
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(0, 1)]
    public async Task ErrorHooks_HaveAFailedOperationTriedAgain_AsOftenAsTheyAsk(int retries, int tries)
    {
        await using var engine = await StartAsync(OperationKind.Update);
        await OnErrorAsync(engine, request => new ErrorHookResponse { Retry = request.Errors.Count <= retries });

        await Should.ThrowAsync<GrpcException>(() => engine.RegisterAsync(Request, "bad", Failing));

        _errors.Select(error => (error.FailedOperation, error.Name, error.Errors.Count)).ShouldBe(
            Enumerable.Range(1, tries).Select(count => ("create", "bad", count)));
        _errors[0].NewInputs.ShouldNotBeNull();
        _errors[0].OldInputs.ShouldBeNull();
        engine.Diagnostics.Count(diagnostic => diagnostic is { Severity: DiagnosticSeverity.Warning, Message: "retrying create due to on-error hook request" })
            .ShouldBe(retries);
        engine.Diagnostics.Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task ErrorHooks_GiveUpAfterAHundredTries()
    {
        await using var engine = await StartAsync(OperationKind.Update);
        await OnErrorAsync(engine, _ => new ErrorHookResponse { Retry = true });

        await Should.ThrowAsync<GrpcException>(() => engine.RegisterAsync(Request, "bad", Failing));

        _errors.Count.ShouldBe(99);
        engine.Diagnostics[^2].ShouldBe(new Diagnostic(
            DiagnosticSeverity.Warning, "maximum number of error hook retries (100) reached", engine.Step("bad").Urn));
        engine.Diagnostics[^1].Message.ShouldBe("maximum number of error hook retries reached");
    }

    [Fact]
    public async Task ErrorHooks_ThatFailThemselves_EndTheOperation_AndAPreviewAsksNone()
    {
        await using (var engine = await StartAsync(OperationKind.Update))
        {
            await OnErrorAsync(engine, _ => new ErrorHookResponse { Error = "no idea" });
            await Should.ThrowAsync<GrpcException>(() => engine.RegisterAsync(Request, "bad", Failing));
            engine.Diagnostics.ShouldHaveSingleItem().Message.ShouldBe("error hook \"onError\" failed: no idea");
        }
        _errors.Clear();
        await using var preview = await StartAsync(OperationKind.Preview);
        await OnErrorAsync(preview, _ => new ErrorHookResponse { Retry = true });
        await preview.RegisterAsync(Request, "bad", Failing).ContinueWith(_ => { }, TaskScheduler.Default);
        _errors.ShouldBeEmpty();
    }

    [Fact]
    public void Destroy_WithoutTheProgram_RefusesDeleteHooks()
    {
        var state = new global::Rehearsal.Graph.ResourceState
        {
            Urn = global::Rehearsal.Graph.Urn.Parse(Urn),
            Type = Thing,
            Hooks = Hooked(("BeforeDelete", ["b", "c"]), ("AfterDelete", ["a"])),
        };
        using var destroyed = Rehearsed.Destroy(new Checkpoint { Resources = [state] });

        destroyed.Done.ShouldBeEmpty();
        destroyed.Events.Diagnostics.Select(diagnostic => diagnostic.Message).ShouldBe([
            "Resource has delete hooks registered, but the program is not running. Hooks: b, c, a",
            "You must run with the `--run-program` flag to use delete hooks during destroy. "
            + "A rehearsal of `destroy` runs no program: take the hooks out of the program and `up` first, or destroy with the Pulumi CLI.",
        ]);
    }

    private static System.Collections.Immutable.ImmutableSortedDictionary<string, System.Collections.Immutable.ImmutableArray<string>> Hooked(
        params (string Kind, string[] Names)[] hooks)
        => System.Collections.Immutable.ImmutableSortedDictionary.CreateRange(
            StringComparer.Ordinal,
            hooks.Select(hook => KeyValuePair.Create(hook.Kind, System.Collections.Immutable.ImmutableArray.Create(hook.Names))));

    private static void Failing(RegisterResourceRequest request)
    {
        request.Object = PropertyEncoder.Encode(PropertyMap.Create(("privateKeyPem", new StringProperty("no key at all"))));
        request.Hooks = new Binding { OnError = { "onError" } };
    }

    private static Action<RegisterResourceRequest> Of(string value, Binding hooks) => request => (request.Object, request.Hooks) = (Inputs(value), hooks);

    private static Struct Inputs(string value) => PropertyEncoder.Encode(PropertyMap.Create(("value", new StringProperty(value))));

    private static ResourceHookRequest Call(string id, Struct? newInputs = null, Struct? oldInputs = null, Struct? newOutputs = null, Struct? oldOutputs = null)
        => new()
        {
            Urn = Urn,
            Id = id,
            Name = "thing",
            Type = Thing,
            NewInputs = newInputs,
            OldInputs = oldInputs,
            NewOutputs = newOutputs,
            OldOutputs = oldOutputs,
        };

    private async Task<EngineServer> StartAsync(OperationKind kind, Checkpoint? state = null, string[]? onDryRun = null, string[]? ignoring = null)
    {
        var engine = await EngineServer.StartAsync(request => request with { Kind = kind, State = state ?? Checkpoint.Empty });
        foreach (var name in new[] { "beforeCreate", "afterCreate", "beforeUpdate", "afterUpdate", "beforeDelete", "afterDelete" })
        {
            var callback = _program.Add(ResourceHookRequest.Parser, request =>
            {
                _calls.Add((name, request));
                return new ResourceHookResponse { Error = _failing.GetValueOrDefault(name, "") };
            });
            await engine.CallAsync("RegisterResourceHook", new RegisterResourceHookRequest
            {
                Name = name,
                Callback = callback,
                OnDryRun = onDryRun?.Contains(name) == true,
                IgnoreErrors = ignoring?.Contains(name) == true,
            }, Empty.Parser);
        }
        return engine;
    }

    private Task<Empty> OnErrorAsync(EngineServer engine, Func<ErrorHookRequest, ErrorHookResponse> answer) => engine.CallAsync("RegisterErrorHook",
        new RegisterErrorHookRequest
        {
            Name = "onError",
            Callback = _program.Add(ErrorHookRequest.Parser, request =>
            {
                _errors.Add(request);
                return answer(request);
            }),
        }, Empty.Parser);
}
