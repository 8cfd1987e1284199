using System.Collections.Immutable;
using Protocol;
using Rehearsal;
using Rehearsal.Events;
using Rehearsal.Planning;
using Tests.Rehearsal.Support;

namespace Tests.Rehearsal.Programs;

// A program is a process: however it ends, the operator learns how, and nothing it started stays behind.
public class RehearsalHostTests
{
    private const string Marker = "m4rker-0f-a-secret";

    [Fact]
    public async Task AProgramThatRegistersNothing_IsNamedAsSuch()
        => await Fails(
            "true", "the program ended without registering a stack: it is not a Pulumi program, or it ended before its first call (exit code 0)", exit: 0);

    [Fact]
    public async Task AnExitCodeWithoutAMessage_IsReported()
        => await Fails("exit 7", "the program ended with exit code 7 and no error message through the engine; its own output is above", exit: 7);

    [Fact]
    public async Task AProgramThatClaimsToHaveReported_IsNotBelieved()
        => await Fails("exit 32", "the program ended with exit code 32, by which it says that it reported an error, but none came", exit: 32);

    [Fact]
    public async Task AProgramEndedByASignal_IsReported() => await Fails("kill -9 $$", "the program was ended by signal 9 (exit code 137)", exit: 137);

    [Fact]
    public async Task AProgramThatCannotBeStarted_IsNamed()
    {
        var (result, _) = await RunAsync(new ProgramLaunch("no-such-program-anywhere", [], "/", "/"));

        (result.Outcome, result.ProgramExitCode).ShouldBe((RehearsalOutcome.ProgramFailed, null));
        result.Diagnostics.ShouldHaveSingleItem().Message.ShouldStartWith("the program 'no-such-program-anywhere' cannot be started in '/':");
    }

    [Fact]
    public async Task Output_IsPassedOn_LineByLine_WithoutSecrets()
    {
        var (result, events) = await RunAsync(Shell($"echo one; echo 'the key is {Marker}' >&2; echo \"$PULUMI_CONFIG\""));

        result.Diagnostics.Take(3).OrderBy(d => d.Message, StringComparer.Ordinal).Select(d => (d.Severity, d.Message)).ShouldBe([
            (DiagnosticSeverity.Info, "one"),
            (DiagnosticSeverity.InfoError, "the key is [secret]"),
            (DiagnosticSeverity.Info, """{"platform:key":"[secret]","platform:size":"3"}"""),
        ], ignoreOrder: true);
        events.ShouldAllBe(e => !e.ToString().Contains(Marker, StringComparison.Ordinal));
        events[0].ShouldBeOfType<PreludeEvent>().Config["platform:key"].ShouldBe("[secret]");
        events[^1].ShouldBeOfType<SummaryEvent>();
    }

    // The probe prints every variable of Pulumi's that it got, so one too many shows as well as one that is missing.
    [Fact]
    public async Task TheEnvironment_IsThatOfThePulumiCli()
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [ProgramVariables.Monitor] = "ADDRESS",
            [ProgramVariables.Engine] = "ADDRESS",
            [ProgramVariables.Organization] = "organization",
            [ProgramVariables.Project] = "platform",
            [ProgramVariables.Stack] = "dev",
            [ProgramVariables.Pwd] = "/",
            [ProgramVariables.RootDirectory] = "/",
            [ProgramVariables.DryRun] = "true",
            [ProgramVariables.QueryMode] = "false",
            [ProgramVariables.Parallel] = "16",
            [ProgramVariables.Config] = """{"platform:key":"[secret]","platform:size":"3"}""",
            [ProgramVariables.ConfigSecretKeys] = """["platform:key"]""",
            [ProgramVariables.AttachDebugger] = "false",
        };
        var (result, _) = await RunAsync(Shell("env | grep ^PULUMI_ | grep -v ^PULUMI_CONFIG_PASSPHRASE | sed 's/127.0.0.1:[0-9]*/ADDRESS/' | sort"));

        var seen = result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Info).Select(d => d.Message).Where(
            m => !m.Contains("NODEJS", StringComparison.Ordinal));
        seen.ShouldBe(
            ProgramVariables.All.Except([ProgramVariables.Tracing], StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(
                name => $"{name}={values[name]}"), ignoreOrder: true);
    }

    [Fact]
    public async Task ACancellation_EndsAProgramThatHangs_AndItsChildren()
    {
        using var cancel = new CancellationTokenSource();
        var child = "";
        var progress = new RecordingProgress(e =>
        {
            if (e is not DiagnosticEvent { Diagnostic.Message: var pid })
            {
                return;
            }
            child = pid;
            cancel.Cancel();
        });
        var result = await new RehearsalHost().RunAsync(Request(Shell("sleep 1000 & echo $!; wait")), progress, cancel.Token);

        (result.Outcome, result.ProgramExitCode).ShouldBe((RehearsalOutcome.Cancelled, null));
        progress.Events.ShouldContain(e => e is CancelEvent);
        IsRunning(child).ShouldBeFalse();
    }

    // A zombie is a process that has ended and whose parent has not looked yet
    private static bool IsRunning(string pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/stat").Split(')')[^1].TrimStart()[0] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task Fails(string script, string message, int exit)
    {
        var (result, _) = await RunAsync(Shell(script));

        (result.Outcome, result.ProgramExitCode).ShouldBe((RehearsalOutcome.ProgramFailed, exit));
        result.Diagnostics.ShouldHaveSingleItem().ShouldBe(new Diagnostic(DiagnosticSeverity.Error, message));
        result.Plan.Steps.ShouldBe(ImmutableArray<PlanStep>.Empty);
    }

    private static async Task<(RehearsalResult Result, IReadOnlyList<EngineEvent> Events)> RunAsync(ProgramLaunch launch)
    {
        var progress = new RecordingProgress();
        return (await new RehearsalHost().RunAsync(Request(launch), progress, CancellationToken.None), progress.Events);
    }

    private static RehearsalRequest Request(ProgramLaunch launch)
    {
        var request = new RehearsalRequest { Program = launch, Project = "platform", Stack = "dev", Parallel = 16 };
        return request with { Config = request.Config.Add("platform:key", Marker).Add("platform:size", "3"), SecretKeys = ["platform:key"] };
    }

    private static ProgramLaunch Shell(string script) => new("sh", ["-c", script], "/", "/");
}
