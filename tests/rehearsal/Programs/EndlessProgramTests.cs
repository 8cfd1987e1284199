using System.Diagnostics;
using Protocol;
using Pulumirpc;
using Rehearsal.Events;
using Rehearsal;
using Tests.Rehearsal.StackFiles;
using Tests.Rehearsal.Support;
using Tests.Support;

namespace Tests.Rehearsal.Programs;

// A run ends: whatever the program waits for, prints or leaves behind, and however the operator goes away.
[Trait(Long.Category, Long.Name)]
public class EndlessProgramTests
{
    [Fact]
    public async Task AProgramThatWaitsAfterARefusal_IsEnded()
    {
        var (result, _) = await RunAsync("echo $PULUMI_MONITOR; exec sleep 1000", TimeSpan.FromSeconds(1), async address =>
        {
            using var channel = new GrpcChannel(address);
            var refused = await Should.ThrowAsync<GrpcException>(
                () => channel.CallAsync(EngineServer.Monitor + "Call", new ResourceCallRequest { Tok = "a:b:C/d" }, CallResponse.Parser));
            refused.Status.ShouldBe(GrpcStatus.Unknown);
        });

        (result.Outcome, result.ProgramExitCode).ShouldBe((RehearsalOutcome.ProgramFailed, null));
        result.Diagnostics.Skip(1).Select(diagnostic => (diagnostic.Severity, diagnostic.Message)).ShouldBe(
        [
            (DiagnosticSeverity.Error, "the method 'a:b:C/d' belongs to a plugin, and this engine runs none: preview with the Pulumi CLI"),
            (DiagnosticSeverity.Warning, "The program did not end by itself after an error that makes the plan impossible, and was ended."),
        ]);
    }

    [Fact]
    public async Task AProgramThatGoesOnAfterARefusal_IsEndedToo()
    {
        using var gone = new CancellationTokenSource();
        var calls = 0;
        var (result, _) = await RunAsync("echo $PULUMI_MONITOR; exec sleep 1000", TimeSpan.FromMilliseconds(300), async address =>
        {
            using var channel = new GrpcChannel(address);
            while (!gone.IsCancellationRequested)
            {
                var status = (await Should.ThrowAsync<GrpcException>(
                    () => channel.CallAsync(EngineServer.Monitor + "Call", new ResourceCallRequest { Tok = "a:b:C/d" }, CallResponse.Parser))).Status;
                if (status == GrpcStatus.Unavailable)
                {
                    return;
                }
                calls++;
                await Task.Delay(50);
            }
        });
        await gone.CancelAsync();

        result.Outcome.ShouldBe(RehearsalOutcome.ProgramFailed);
        calls.ShouldBeGreaterThan(6);
    }

    [Fact]
    public async Task AGrandchildThatHoldsTheOutput_DoesNotHoldTheRun()
    {
        var clock = Stopwatch.StartNew();
        var (result, _) = await RunAsync("sleep 60 & echo $!; printf last; exit 3");

        result.ProgramExitCode.ShouldBe(3);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
        using var left = Process.GetProcessById(int.Parse(result.Diagnostics[0].Message));
        left.Kill();
    }

    [Theory]
    [InlineData("yes 'a line of text' | head -c 60000000")]
    [InlineData("head -c 60000000 /dev/zero | tr '\\0' x")]
    [InlineData("yes '' | head -c 6000000")]
    public async Task EndlessOutput_IsLeftOutAfterEightMegabytes(string script)
    {
        var (result, events) = await RunAsync($"{script}; exit 3");

        result.Diagnostics.Count(diagnostic => diagnostic is
        { Severity: DiagnosticSeverity.Warning, Message: "The program has printed more than 8 MB: the rest is left out." }).ShouldBe(1);
        result.Diagnostics.Sum(diagnostic => diagnostic.Message.Length).ShouldBeLessThan(9 << 20);
        events.Count.ShouldBeLessThan(600_000);
        result.Diagnostics[^1].Severity.ShouldBe(DiagnosticSeverity.Error);
    }

    [Theory]
    [InlineData("printf 'one\\ntwo'", new[] { "one", "two" })]
    [InlineData("printf 'one\\r\\n\\ntwo\\n'", new[] { "one", "", "two" })]
    [InlineData("printf 'ä\\nö'", new[] { "ä", "ö" })]
    public async Task Lines_ComeWholeAndInOrder(string script, string[] lines)
    {
        var (result, _) = await RunAsync($"{script}; exit 3");

        result.Diagnostics.SkipLast(1).Select(diagnostic => diagnostic.Message).ShouldBe(lines);
    }

    [Theory]
    [InlineData("HUP")]
    [InlineData("QUIT")]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Signals_EndTheProgram_AsCtrlCDoes(string signal)
    {
        using var folder = new TemporaryFolder();
        folder.Write("Pulumi.yaml", "name: platform\nruntime: dotnet\n");
        folder.Write("Pulumi.dev.yaml", "config:\n  platform:a: b\n");
        // A shell that ignores nothing, so that what ends the engine is the signal
        using var engine = Process.Start(new ProcessStartInfo(
            "dotnet", [typeof(RehearsalHost).Assembly.Location, "preview", "dev", "--program", $"kill -{signal} $PPID; exec sleep 1000"])
        { WorkingDirectory = folder.Path, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var error = engine.StandardError.ReadToEndAsync();
        await engine.StandardOutput.ReadToEndAsync();
        await engine.WaitForExitAsync();

        (engine.ExitCode, (await error).Split(" (")[0]).ShouldBe((8, "The preview was cancelled."));
    }

    // The first line that the program says goes to the action, which stands for what the program would do.
    private static async Task<(RehearsalResult Result, IReadOnlyList<EngineEvent> Events)> RunAsync(
        string script, TimeSpan? patience = null, Func<string, Task>? onFirstLine = null)
    {
        var acting = Task.CompletedTask;
        var progress = new RecordingProgress(entry =>
        {
            if (entry is DiagnosticEvent { Diagnostic: { Severity: DiagnosticSeverity.Info, Message: var line } } && onFirstLine is { } act)
            {
                onFirstLine = null;
                acting = Task.Run(() => act(line));
            }
        });
        var host = new RehearsalHost { Patience = patience ?? TimeSpan.FromSeconds(30) };
        var request = new RehearsalRequest { Program = new ProgramLaunch("sh", ["-c", script], "/", "/"), Project = "platform", Stack = "dev" };
        var result = await host.RunAsync(request, progress, CancellationToken.None);
        await acting;
        return (result, progress.Events);
    }
}
