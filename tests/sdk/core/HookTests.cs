using System.Collections.Immutable;
using Protocol;
using Pulumi;
using Pulumirpc;
using Tests.Sdk.Core.Support;

namespace Tests.Sdk.Core;

// Promise: the engine runs a program's hooks around its operations, with the values of the resource, and asks it whether a failed one is tried again.
[Collection(RecordingEngine.Collection)]
public sealed class HookTests
{
    private const string WidgetUrn = "urn:pulumi:test::shop::test:index:Widget::";

    private readonly List<string> _seen = [];

    [Fact]
    public async Task Creation_RunsItsHooksAround()
    {
        var run = await Run("widget");

        run.Errors.ShouldBeEmpty();
        _seen.ShouldBe([
            $"before-create {WidgetUrn}widget widget-id widget test:index:Widget new{{text=new}}",
            $"after-create {WidgetUrn}widget widget-id widget test:index:Widget new{{text=new}} outputs{{address=widget.test,text=new}}",
        ]);
    }

    [Fact]
    public async Task Update_RunsItsHooksAround()
    {
        await Run("updated");

        _seen.ShouldBe([
            $"before-update {WidgetUrn}updated updated-id updated test:index:Widget new{{text=new}} old{{text=old}} old-outputs{{text=old}}",
            $"after-update {WidgetUrn}updated updated-id updated test:index:Widget new{{text=new}} old{{text=old}} outputs{{address=updated.test,text=new}} old-outputs{{text=old}}",
        ]);
    }

    [Fact]
    public async Task Deletion_RunsItsHooksAfterTheProgramHasEnded()
    {
        var run = await Run("deleted");

        run.IsShutDown.ShouldBeTrue();
        _seen
            .Where(step => step.Contains("delete ", StringComparison.Ordinal))
            .ShouldBe([
                $"before-delete {WidgetUrn}deleted deleted-id deleted test:index:Widget old{{text=new}} old-outputs{{address=deleted.test,text=new}}",
                $"after-delete {WidgetUrn}deleted deleted-id deleted test:index:Widget old{{text=new}} old-outputs{{address=deleted.test,text=new}}",
            ]);
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData(false, 0)]
    [InlineData(true, 2)]
    public async Task Previews_RunTheHooksThatAreForThem(bool? onDryRun, int calls)
    {
        await Run("widget", new ResourceHookOptions { OnDryRun = onDryRun }, isPreview: true);

        _seen.Count.ShouldBe(calls);
    }

    [Fact]
    public async Task SecretValues_ArriveAsSecretOutputs()
    {
        object? seen = null;
        await RecordingEngine.RunAsync(() =>
            Deployment.RunAsync(() =>
                _ = new Widget(
                    "widget",
                    new WidgetArgs { Text = Output.CreateSecret("hidden") },
                    new CustomResourceOptions { Hooks = { BeforeCreate = { Hook("hook", args => seen = args.NewInputs!["text"]) } } })));

        var output = seen.ShouldBeOfType<Output<object?>>();
        (await Pulumi.Utilities.OutputUtilities.GetValueAsync(output), await Output.IsSecretAsync(output)).ShouldBe(("hidden", true));
    }

    [Fact]
    public async Task FailingHook_BeforeTheOperation_RefusesIt()
    {
        var run = await RunWith(() => Hook("hook", _ => throw new InvalidOperationException("not today")));

        run.ExitCode.ShouldBe(32);
        run.Errors.ShouldHaveSingleItem().ShouldContain("not today");
    }

    [Fact]
    public async Task FailingHook_WhoseErrorsAreIgnored_IsAWarning()
    {
        var run = await RunWith(() => Hook("hook", _ => throw new InvalidOperationException("not today"), new ResourceHookOptions { IgnoreErrors = true }));

        (run.ExitCode, run.Hooks["hook"].IgnoreErrors).ShouldBe((0, true));
        run.Warnings.ShouldBe(["hook hook: not today"]);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 32)]
    public async Task ErrorHook_DecidesWhetherAFailedOperationIsTriedAgain(bool retry, int exitCode)
    {
        var seen = "";
        var run = await RecordingEngine.RunAsync(() =>
            Deployment.RunAsync(() =>
                _ = new Widget(
                    "flaky",
                    new WidgetArgs { Text = "new" },
                    new CustomResourceOptions
                    {
                        Hooks =
                        {
                            OnError =
                            {
                                new ErrorHook(
                                    "hook",
                                    (args, _) =>
                                    {
                                        seen =
                                            $"{args.Urn} {args.Id}{args.Name} {args.Type} {args.FailedOperation} {string.Join(",", args.Errors)}{Text("new", args.NewInputs)}{Text("old", args.OldInputs)}{Text("old-outputs", args.OldOutputs)}";
                                        return Task.FromResult(retry);
                                    }),
                            },
                        },
                    })));

        run.ExitCode.ShouldBe(exitCode);
        seen.ShouldBe($"{WidgetUrn}flaky flaky test:index:Widget create the cloud is busy new{{text=new}}");
    }

    [Fact]
    public async Task Transform_AddsAHookToThoseThatAreThere()
    {
        var run = await RecordingEngine.RunAsync(() =>
            Deployment.RunAsync(() =>
            {
                var added = Hook("added", _ => { });
                _ = new Widget(
                    "widget",
                    null,
                    new CustomResourceOptions
                    {
                        Hooks = { BeforeCreate = { Hook("own", _ => { }) } },
                        ResourceTransforms =
                        {
                            (args, _) =>
                            {
                                args.Options.Hooks.BeforeCreate.Add(added);
                                return Task.FromResult<ResourceTransformResult?>(new ResourceTransformResult(args.Args, args.Options));
                            },
                        },
                    });
            }));

        run.Errors.ShouldBeEmpty();
        run.Registration("widget").Hooks.BeforeCreate.ShouldBe(["own", "added"]);
    }

    [Fact]
    public async Task MergedOptions_HaveTheHooksAndTransformsOfBoth()
    {
        var run = await RecordingEngine.RunAsync(() =>
            Deployment.RunAsync(() =>
            {
                CustomResourceOptions Options(string name) =>
                    new()
                    {
                        Hooks =
                        {
                            AfterCreate = { Hook($"hook-{name}", _ => { }) },
                            OnError = { new ErrorHook($"error-{name}", (_, _) => Task.FromResult(false)) },
                        },
                        ResourceTransforms =
                        {
                            (args, _) => Task.FromResult<ResourceTransformResult?>(new ResourceTransformResult(args.Args.SetItem(name, name), args.Options)),
                        },
                    };
                var first = Options("first");
                _ = new Widget("both", null, CustomResourceOptions.Merge(first, Options("second")));
                _ = new Widget("one", null, first);
            }));

        run.Errors.ShouldBeEmpty();
        var both = run.Registration("both");
        (string.Join(",", both.Hooks.AfterCreate), string.Join(",", both.Hooks.OnError), run.Inputs("both")).ShouldBe(
            ("hook-first,hook-second", "error-first,error-second", """{"first":"first","second":"second"}"""));
        (string.Join(",", run.Registration("one").Hooks.AfterCreate), run.Inputs("one")).ShouldBe(("hook-first", """{"first":"first"}"""));
    }

    [Fact]
    public async Task CopiedBinding_DoesNotChangeTheOriginal()
    {
        await RecordingEngine.RunAsync(() =>
            Deployment.RunAsync(() =>
            {
                var original = new ResourceHookBinding { BeforeDelete = { Hook("hook", _ => { }) } };
                var copy = original.Clone();
                copy.BeforeDelete.Clear();

                (original.IsEmpty, copy.IsEmpty, new ResourceHookBinding().IsEmpty).ShouldBe((false, true, true));
            }));
    }

    [Fact]
    public async Task Rejects_ATokenThatNobodyRegistered()
    {
        GrpcException? refused = null;
        var target = new TaskCompletionSource<string>();
        await RecordingEngine.RunAsync(
            () =>
                Deployment.RunAsync(async () =>
                {
                    _ = new Widget(
                        "widget",
                        null,
                        new CustomResourceOptions { ResourceTransforms = { (_, _) => Task.FromResult<ResourceTransformResult?>(null) } });
                    using var channel = new GrpcChannel(await target.Task);
                    var call = new CallbackInvokeRequest { Token = "unheard-of" };
                    refused = await Should.ThrowAsync<GrpcException>(() =>
                        channel.CallAsync("/pulumirpc.Callbacks/Invoke", call, CallbackInvokeResponse.Parser));
                }),
            onCallback: callback => target.TrySetResult(callback.Target));

        (refused?.Status, refused?.Message).ShouldBe((GrpcStatus.InvalidArgument, "Callback not found: unheard-of"));
    }

    public static TheoryData<string, Action, string> Lacking() =>
        new()
        {
            {
                "resourceHooks",
                () => _ = new ResourceHook("hook", (_, _) => Task.CompletedTask),
                "The Pulumi CLI does not support resource hooks. Please update the Pulumi CLI."
            },
            {
                "errorHooks",
                () => _ = new ErrorHook("hook", (_, _) => Task.FromResult(true)),
                "The Pulumi CLI does not support error hooks. Please update the Pulumi CLI."
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

    private static ResourceHook Hook(string name, Action<ResourceHookArgs> action, ResourceHookOptions? options = null) =>
        new(
            name,
            (args, _) =>
            {
                action(args);
                return Task.CompletedTask;
            },
            options);

    private static Task<RecordedRun> RunWith(Func<ResourceHook> beforeCreate) =>
        RecordingEngine.RunAsync(() =>
            Deployment.RunAsync(() => _ = new Widget("widget", null, new CustomResourceOptions { Hooks = { BeforeCreate = { beforeCreate() } } })));

    private static string Text(string name, ImmutableDictionary<string, object?>? values) =>
        values is null
            ? ""
            : $" {name}{{{string.Join(",", values.OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => $"{value.Key}={value.Value}"))}}}";

    private Task<RecordedRun> Run(string resource, ResourceHookOptions? options = null, bool isPreview = false) =>
        RecordingEngine.RunAsync(
            () =>
                Deployment.RunAsync(() =>
                    _ = new Widget(
                        resource,
                        new WidgetArgs { Text = "new" },
                        new CustomResourceOptions
                        {
                            Hooks =
                            {
                                BeforeCreate = { Seeing("before-create", options) },
                                AfterCreate = { Seeing("after-create", options) },
                                BeforeUpdate = { Seeing("before-update", options) },
                                AfterUpdate = { Seeing("after-update", options) },
                                BeforeDelete = { Seeing("before-delete", options) },
                                AfterDelete = { Seeing("after-delete", options) },
                            },
                        })),
            isPreview);

    private ResourceHook Seeing(string name, ResourceHookOptions? options) =>
        Hook(
            name,
            args =>
                _seen.Add(
                    $"{name} {args.Urn} {args.Id} {args.Name} {args.Type}{Text("new", args.NewInputs)}{Text("old", args.OldInputs)}{Text("outputs", args.NewOutputs)}{Text("old-outputs", args.OldOutputs)}"),
            options);
}
