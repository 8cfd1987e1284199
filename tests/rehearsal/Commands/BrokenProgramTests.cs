using Rehearsal;

namespace Tests.Rehearsal.Commands;

// Promise: a program that is no good ends with exit code 1 and its own words, one that hangs ends with Ctrl-C; with the real engine and real processes.
public sealed class BrokenProgramTests : IDisposable
{
    private readonly CliFixture _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Rejects_AProgramThatFails_WithItsOwnWords()
    {
        var run = await RunAsync("echo no such thing >&2; exit 3");

        (run.ExitCode, run.Output).ShouldBe((1, "Previewing dev (platform)\n"));
        run.Error.ShouldContain("  no such thing\n");
        run.Error.ShouldContain("  error: ");
        run.Error.ShouldContain("The preview failed with 1 error; nothing was changed.");
    }

    [Fact]
    public async Task Rejects_AProgramThatEndsEarly()
    {
        var run = await RunAsync("true");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("  error: ");
    }

    [Fact]
    public async Task Rejects_ACommandThatDoesNotExist() => (await RunAsync("no-such-command-anywhere")).ExitCode.ShouldBe(1);

    [Fact]
    public async Task Manifests_OfABrokenProgram_WritesNothing()
    {
        var before = _cli.Folder.Files();

        (await _cli.RunAsync(["manifests", "dev", "-o", "out", "--program", "exit 1"], new RehearsalHost())).ExitCode.ShouldBe(1);

        _cli.Folder.Files().ShouldBe(before);
    }

    [Fact]
    public async Task HangingProgram_EndsWith8_WhenCancelled()
    {
        // The program says when it runs, so that the test neither sleeps nor guesses
        using var cancellation = new CancellationTokenSource();
        var started = _cli.Folder.At("started");
        using var watcher = new FileSystemWatcher(_cli.Folder.Path) { EnableRaisingEvents = true };
        watcher.Created += (_, change) =>
        {
            if (change.FullPath == started)
            {
                cancellation.Cancel();
            }
        };

        var run = await _cli.RunAsync(
            ["preview", "dev", "--program", $"echo $$ > {started}.pid; touch {started}; exec tail -f /dev/null"], new RehearsalHost(),
            cancellation: cancellation.Token);

        run.ExitCode.ShouldBe(8);
        run.Error.ShouldContain("The preview was cancelled.");
        var id = int.Parse(await File.ReadAllTextAsync($"{started}.pid"));
        Directory.Exists($"/proc/{id}").ShouldBeFalse();
    }

    private Task<(int ExitCode, string Output, string Error)> RunAsync(string program)
        => _cli.RunAsync(["preview", "dev", "--program", program], new RehearsalHost());
}
