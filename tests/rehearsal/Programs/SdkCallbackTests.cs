using System.Collections.Immutable;
using Protocol;
using Pulumi;
using Rehearsal;
using Rehearsal.Events;
using Rehearsal.State;
using Rehearsal.Wire;
using Tests.Rehearsal.Support;
using Tests.Sdk.Core.Support;

namespace Tests.Rehearsal.Programs;

// Both halves of this repository meet: programs on the .NET SDK that this build has, and the engine that calls them back.
[Collection(RecordingEngine.Collection)]
public sealed class SdkCallbackTests
{
    private sealed class Group(string name, ComponentResourceOptions? options = null) : ComponentResource("Group", name, options);

    [Fact]
    public async Task Transforms_ChangeWhatTheEngineRegisters()
    {
        await using var engine = await RunAsync(OperationKind.Preview, Checkpoint.Empty, () =>
        {
            Deployment.Instance.RegisterInvokeTransform((args, _) => Task.FromResult<InvokeTransformResult?>(
                new InvokeTransformResult(args.Args.SetItem("region", "eu-north-1"), args.Options)));
            var group = new Group("group", new ComponentResourceOptions { ResourceTransforms = { Append("group") } });
            var region = Deployment.Instance.Invoke<ImmutableDictionary<string, object>>("aws:index/getRegion:getRegion", new DictionaryInvokeArgs(
                ImmutableDictionary<string, object?>.Empty)).Apply(result => (string)result["region"]);
            _ = new Widget("widget", new WidgetArgs { Text = Output.CreateSecret("text"), Any = region.Apply(text => (object)text) },
                new CustomResourceOptions { Parent = group, ResourceTransforms = { Append("own") } });
        });

        engine.Step("widget").New!.Inputs.ShouldBe(PropertyMap.Create(
            ("any", new StringProperty("eu-north-1")), ("text", new SecretProperty(new StringProperty("text own group")))));
    }

    [Fact]
    public async Task Hooks_RunInTheProgram_WhileTheEngineWorks()
    {
        List<string> seen = [];
        void Program(string text)
        {
            ResourceHook Hook(string name) => new(name, (args, _) =>
            {
                seen.Add($"{name} {args.Name} {Text(args.NewInputs)} {Text(args.OldInputs)} {Text(args.NewOutputs)} {Text(args.OldOutputs)}");
                return Task.CompletedTask;
            });
            _ = new Widget("widget", new WidgetArgs { Text = text }, new CustomResourceOptions
            {
                Hooks =
                {
                    BeforeCreate = { Hook("before create") }, AfterCreate = { Hook("after create") },
                    BeforeUpdate = { Hook("before update") }, AfterUpdate = { Hook("after update") },
                },
            });
        }

        await using var first = await RunAsync(OperationKind.Update, Checkpoint.Empty, () => Program("1"));
        await using var second = await RunAsync(OperationKind.Update, first.State, () => Program("2"));

        seen.ShouldBe(["before create widget 1 - - -", "after create widget 1 - 1 -", "before update widget 2 1 - 1", "after update widget 2 1 2 1"]);
    }

    [Fact]
    public async Task AHookThatThrows_EndsTheProgramWithItsMessage()
    {
        await using var engine = await RunAsync(OperationKind.Update, Checkpoint.Empty, () => _ = new Widget("widget", null, new CustomResourceOptions
        {
            Hooks = { BeforeCreate = { new ResourceHook("check", (_, _) => throw new InvalidOperationException("the quota is used up")) } },
        }), exit: null);

        engine.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Message)
            .ShouldContain("before hook \"check\" failed: the quota is used up");
    }

    [Theory]
    [InlineData(14)]
    [InlineData(100)]
    [InlineData(1000)]
    public async Task DeepValues_ArriveFromThisSdk_AndComeBackToIt(int depth)
    {
        object value = "leaf";
        for (var level = 0; level < depth; level++)
        {
            value = ImmutableDictionary<string, object>.Empty.Add("a", value);
        }
        object? back = null;
        await using var engine = await RunAsync(OperationKind.Update, Checkpoint.Empty, () => _ = new Widget(
            "widget", new WidgetArgs { Any = value }, new CustomResourceOptions
            {
                ResourceTransforms =
                {
                    (args, _) =>
                    {
                        back = args.Args["any"];
                        return Task.FromResult<ResourceTransformResult?>(null);
                    },
                },
            }));

        Depth(back).ShouldBe(depth);
        engine.Diagnostics.ShouldBeEmpty();
    }

    private static int Depth(object? value)
    {
        var depth = 0;
        for (; value is IReadOnlyDictionary<string, object?> map; depth++)
        {
            value = map["a"];
        }
        return depth;
    }

    private static string Text(ImmutableDictionary<string, object?>? values) => values is null ? "-" : $"{values.GetValueOrDefault("text")}";

    private static ResourceTransform Append(string word) => (args, _) => Task.FromResult<ResourceTransformResult?>(args.Type != "test:index:Widget" ? null
        : new ResourceTransformResult(args.Args.SetItem("text", ((Output<string>)args.Args["text"]!).Apply(text => $"{text} {word}")), args.Options));

    private static async Task<EngineServer> RunAsync(OperationKind kind, Checkpoint state, Action program, int? exit = 0)
    {
        var engine = await EngineServer.StartAsync(request => request with { Kind = kind, State = state }, registersStack: false);
        var variables = RecordingEngine.Variables(kind == OperationKind.Preview);
        (variables[ProgramVariables.Monitor], variables[ProgramVariables.Engine]) = (engine.Address, engine.Address);
        foreach (var (name, value) in variables)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
        try
        {
            var code = await Deployment.RunAsync(program);
            if (exit is { } expected)
            {
                code.ShouldBe(expected, string.Join('\n', engine.Diagnostics.Select(diagnostic => diagnostic.Message)));
            }
        }
        finally
        {
            foreach (var name in variables.Keys)
            {
                Environment.SetEnvironmentVariable(name, null);
            }
        }
        return engine;
    }
}
