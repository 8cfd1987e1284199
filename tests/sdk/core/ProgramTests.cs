using Pulumi;
using Tests.Sdk.Core.Support;

namespace Tests.Sdk.Core;

// Promise: a program ends when everything that it started has ended, or as soon as something fails, with an exit code and a message that say so.
[Collection(RecordingEngine.Collection)]
public sealed class ProgramTests
{
    private sealed class OutputStack : Stack
    {
        [Output]
        public Output<string> Address { get; private set; }

        [Output("renamed")]
        public Output<int> Number { get; private set; } = Output.CreateSecret(3);

        public OutputStack() => Address = new Widget("widget").Address;
    }

    private sealed class ForgetfulStack : Stack
    {
        [Output]
        public Output<string> Forgotten { get; private set; } = null!;
    }

    [Fact]
    public async Task Success_RegistersOutputsAndShutsDown()
    {
        var run = await RecordingEngine.RunAsync(() => Deployment.RunAsync(() => new Dictionary<string, object?>
        {
            ["text"] = "t",
            ["address"] = new Widget("widget").Address,
            ["secret"] = Output.CreateSecret("hidden"),
            ["null"] = null,
            ["list"] = new object?[] { 1, null },
        }));

        (run.ExitCode, run.IsShutDown, run.Errors.Count).ShouldBe((0, true, 0));
        run.Outputs.ShouldBe(
            new Dictionary<string, string> { ["shop-test"] = """{"address":"widget.test","list":[1,null],"secret":{"$secret":"hidden"},"text":"t"}""" });
    }

    // Otherwise it would be chance whether a program that fails at once has registered its stack
    [Fact]
    public async Task AFailure_IsTheLastThingThatTheEngineHears()
    {
        var run = await RecordingEngine.RunAsync(() => Deployment.RunAsync((Action)(() =>
        {
            _ = new Widget("widget");
            throw new InvalidOperationException("no such shop");
        })), lacks: RecordingEngine.AnswersLate);

        run.ExitCode.ShouldBe(32);
        run.Errors.ShouldHaveSingleItem().ShouldContain("no such shop");
        run.Registrations.ShouldBeEmpty();
    }

    // What the official package asks for: an engine that leaves one out starts no official program
    [Theory]
    [InlineData("PULUMI_PROJECT", "")]
    [InlineData("PULUMI_STACK", "")]
    [InlineData("PULUMI_DRY_RUN", "")]
    [InlineData("PULUMI_DRY_RUN", "1")]
    [InlineData("PULUMI_QUERY_MODE", "")]
    [InlineData("PULUMI_QUERY_MODE", "no")]
    [InlineData("PULUMI_PARALLEL", "")]
    [InlineData("PULUMI_PARALLEL", "many")]
    public async Task Rejects_AnEnvironmentThatIsNotTheEngines(string variable, string value)
    {
        var environment = RecordingEngine.Variables();
        environment[variable] = value;

        var error = await Should.ThrowAsync<InvalidOperationException>(() => RecordingEngine.RunAsync(() => Deployment.RunAsync(() => { }), environment));

        error.Message.ShouldStartWith("Program run without the Pulumi engine available; re-run using the `pulumi` CLI");
        error.Message.ShouldContain(variable);
    }

    [Fact]
    public async Task Rejects_RunningWithoutAnEngine()
    {
        var error = await Should.ThrowAsync<InvalidOperationException>(() => Deployment.RunAsync(() => { }));

        error.Message.ShouldStartWith("Program run without the Pulumi engine available; re-run using the `pulumi` CLI");
    }

    [Fact]
    public async Task StackClass_RegistersItsProperties()
    {
        var run = await RecordingEngine.RunAsync(Deployment.RunAsync<OutputStack>);

        run.Outputs.ShouldBe(new Dictionary<string, string> { ["shop-test"] = """{"Address":"widget.test","renamed":{"$secret":3}}""" });
    }

    [Fact]
    public async Task Rejects_AStackClassThatForgetsAnOutput()
    {
        var run = await RecordingEngine.RunAsync(Deployment.RunAsync<ForgetfulStack>);

        run.ExitCode.ShouldBe(32);
        run.Errors.ShouldBe(["Output(s) 'Forgotten' have no value assigned. [Output] attributed properties must be assigned inside Stack constructor."]);
    }

    [Fact]
    public async Task Component_RegistersItsMarkedProperties()
    {
        var run = await RecordingEngine.RunAsync(() => Deployment.RunAsync(() => { _ = new Site("site"); }));

        run.Outputs["site"].ShouldBe("""{"Hidden":{"$secret":"hidden"},"url":"https://site-server.test/"}""");
    }

    public static TheoryData<string, Action, string> Failures() =>
        new()
        {
            { "user message", () => throw new RunException("a message for the user"), "a message for the user" },
            { "resource message", () => throw new ResourceException("the widget is wrong", null, hideStack: true), "the widget is wrong" },
            { "exception", () => throw new InvalidOperationException("gives up"), "System.InvalidOperationException: gives up" },
            { "apply", () => Output.Create("x").Apply(Fail), "System.InvalidOperationException: cannot use x" },
            {
                "missing input",
                () => _ = new Widget("w", new WidgetArgs { Part = new PartArgs() }),
                $"[Input] {typeof(PartArgs).FullName}.Label is required but was not given a value"
            },
            { "refused", () => _ = new Widget("refused"), "the engine refuses it" },
        };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Failure_IsReportedOnce_AndExits32(string kind, Action program, string message)
    {
        var run = await RecordingEngine.RunAsync(() => Deployment.RunAsync(program));

        (run.ExitCode, run.IsShutDown).ShouldBe((32, false), kind);
        run.Errors.ShouldHaveSingleItem().ShouldContain(message);
    }

    [Fact]
    public async Task Failure_EndsAProgramThatStillWaits()
    {
        var run = await RecordingEngine.RunAsync(() => Deployment.RunAsync(() =>
        {
            new Widget("widget").Text.Apply(Fail!);
            return Task.Delay(Timeout.Infinite);
        }));

        run.ExitCode.ShouldBe(32);
    }

    [Fact]
    public async Task LoggedError_Exits1()
    {
        var run = await RecordingEngine.RunAsync(() => Deployment.RunAsync(() => Log.Error("something is wrong")));

        (run.ExitCode, run.IsShutDown).ShouldBe((1, false));
        run.Errors.ShouldBe(["something is wrong"]);
    }

    [Fact]
    public async Task UnawaitedOutputs_AreWaitedFor()
    {
        var reached = new TaskCompletionSource();

        var run = await RecordingEngine.RunAsync(() => Deployment.RunAsync(() =>
        {
            new Widget("widget").Address.Apply(async address =>
            {
                await Task.Yield();
                _ = new Widget("made-late", new WidgetArgs { Text = address });
                reached.SetResult();
                return address;
            });
        }));

        reached.Task.IsCompletedSuccessfully.ShouldBeTrue();
        run.Inputs("made-late").ShouldBe("""{"text":"widget.test"}""");
    }

    private static string Fail(string text) => throw new InvalidOperationException($"cannot use {text}");
}
