using System.Diagnostics;
using System.Globalization;
using Tests.Support;

namespace Tests.Architecture;

// Promise: two builds never run at once in a clone, a lock that was left behind is found out, and nobody waits without end or without being told how to go on.
[Trait(Long.Category, Long.Name)]
public sealed class BuildLockTests : IDisposable
{
    private static readonly (string Name, string Value) Soon = ("PLATFORM_LOCK_TIMEOUT", "1");

    private readonly ScriptClone _clone = new();

    [Fact]
    public async Task Lock_SaysWhoHoldsIt_AndIsGoneAfterwards()
    {
        var holder = await HolderAsync();

        holder.Length.ShouldBe(9);
        int.Parse(holder[0], CultureInfo.InvariantCulture).ShouldBeGreaterThan(1);
        (holder[2], holder[8]).ShouldBe((Environment.MachineName, "./platform preview"));
        _clone.IsLocked.ShouldBeFalse();
    }

    [Fact]
    public async Task NothingToBuild_NoWaiting()
    {
        _clone.Lock(Text(await HolderAsync(), pid: Environment.ProcessId, start: ""));

        foreach (var words in (string[])["preview dev", "secret dev redisPassword", "sdk", "help", "test --help", "config --help"])
        {
            (await _clone.RunAsync(words, Soon)).ShouldSatisfyAllConditions(run => run.ExitCode.ShouldBe(0, words), run => run.Error.ShouldBe("", words));
        }

        (await _clone.RunAsync("test --no-build", Soon)).Error.ShouldStartWith("There is nothing built to test yet.");
    }

    // Neither is somebody else's process, which answers no signal of ours: process 1 belongs to root.
    [Theory]
    [InlineData(1)]
    [InlineData(null)]
    public async Task LiveHolder_IsWaitedFor_AndNamed(int? pid)
    {
        pid ??= Environment.ProcessId;
        _clone.Lock(Text(await HolderAsync(), (int)pid, start: "", since: "2026-11-26 09:14:02 +0000", command: "./platform test"));
        _clone.Edit();

        var (exitCode, _, error) = await _clone.RunAsync("preview dev", Soon);

        exitCode.ShouldBe(9);
        var named = $"locked by pid {pid} since 2026-11-26 09:14:02 +0000 (./platform test, user anna, host {Environment.MachineName})";
        var lines = error.TrimEnd('\n').Split('\n');
        (lines[0], lines[^1], lines.Length).ShouldBe((
            $"Waiting for another ./platform to end its build, 1 s at most: {named} ...",
            $"Wait longer (PLATFORM_LOCK_TIMEOUT=3600), or end that build: kill {pid}", 3));
        lines[1].ShouldMatch($"^The build lock is held after [1-9] s: {System.Text.RegularExpressions.Regex.Escape(named)}\\.$");
        (_clone.Builds, _clone.IsLocked).ShouldBe((1, true));
    }

    // Seconds are counted from when the lock is found held: one that ticks before must not end the waiting before it is told of.
    [Fact]
    public async Task SlowDisk_TakesNothingFromTheWaiting()
    {
        _clone.Lock(Text(await HolderAsync(), Environment.ProcessId, start: ""));
        _clone.Edit();
        _clone.Tool("mkdir", "#!/usr/bin/env bash\nsleep 1.1\nexec /bin/mkdir \"$@\"\n");

        var (exitCode, _, error) = await _clone.RunAsync("preview dev", Soon);

        (exitCode, error.Split('\n')[0]).ShouldBe((9, "Waiting for another ./platform to end its build, 1 s at most: locked by pid "
            + $"{Environment.ProcessId} since 2026-11-26 09:14:02 +0000 (./platform preview, user anna, host {Environment.MachineName}) ..."));
    }

    [Fact]
    public async Task LockOfADeadProcess_IsTakenOver()
    {
        using var ended = Process.Start(new ProcessStartInfo("true") { UseShellExecute = false })!;
        await ended.WaitForExitAsync();
        _clone.Lock(Text(await HolderAsync(), ended.Id, start: "1"));

        await TakesOverAsync();
    }

    [Fact]
    public async Task PidThatIsInUseAgain_IsFoundOut()
    {
        _clone.Lock(Text(await HolderAsync(), Environment.ProcessId, start: "1"));

        await TakesOverAsync();
    }

    // A process that ended and that its parent never asked for: in a container without an init for ever.
    [Fact]
    public async Task Zombie_IsDead()
    {
        var holder = await HolderAsync();
        using var parent = _clone.Start(["bash", "-c", "true & echo $!; exec sleep 60"]);
        var pid = int.Parse((await parent.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
        try
        {
            _clone.Lock(Text(holder, pid, start: ""));
            await TakesOverAsync();
        }
        finally
        {
            parent.Kill();
        }
    }

    [Fact]
    public async Task BuildOfAnotherContainer_IsNotTakenForDead()
    {
        var holder = await HolderAsync();
        _clone.Lock(Text(holder, pid: 999_999_999, start: "1", space: "pid:[1]"));

        await IsLeftAloneAsync("it runs in another container of this machine");
    }

    [Fact]
    public async Task BuildOfAnotherMachine_IsNotTakenForDead()
    {
        var holder = await HolderAsync();
        (holder[2], holder[3]) = ("build-7", "0");
        _clone.Lock(Text(holder, pid: 999_999_999, start: "1", boot: "other"));

        await IsLeftAloneAsync("it runs on another machine, or in a container of one");
    }

    // In a container the names that would say so are those of its image.
    [Fact]
    public async Task LockFromBeforeTheMachineStartedAnew_IsTakenOver_OutsideOfContainers()
    {
        var holder = await HolderAsync();
        _clone.Lock(Text(holder, Environment.ProcessId, start: "1", boot: "other"));

        if (holder[3].Length > 0 && holder[5] is "pid:[4026531836]" or "one")
        {
            await TakesOverAsync();
        }
        else
        {
            await IsLeftAloneAsync("it runs on another machine, or in a container of one");
        }
    }

    [Theory]
    [InlineData("4711")]
    [InlineData("somewhere/else")]
    [InlineData("|||||||")]
    public async Task UnknownHolder_IsSaidToBeOne(string text)
    {
        _clone.Lock(text);

        var (exitCode, _, error) = await _clone.RunAsync("preview dev", Soon);

        (exitCode, _clone.Builds).ShouldBe((9, 0));
        error.ShouldContain(
            "by a holder that it does not name. Whether that still builds cannot be seen from here: an older ./platform or another program made the lock.");
        error.ShouldEndWith($"Make sure that nothing builds in this clone, then remove the lock: rm -f '{_clone.At(".platform/lock")}'\n");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LockThatIsNone_IsSaidAtOnce(bool folder)
    {
        Directory.CreateDirectory(_clone.At(folder ? ".platform/lock" : ".platform"));
        if (!folder)
        {
            await File.WriteAllTextAsync(_clone.At(".platform/lock"), "");
        }

        (await _clone.RunAsync("preview dev")).ShouldBe((2, "", $"""
            {_clone.At(".platform/lock")} is a file or folder, where this script makes a link: who holds the lock is unknown.
            Make sure that nothing builds in this clone, then remove it: rm -r '{_clone.At(".platform/lock")}'

            """));
    }

    [Fact]
    public async Task FolderThatCannotBeWritten_IsSaid_NotWaitedFor()
    {
        await File.WriteAllTextAsync(_clone.At(".platform"), "");

        var (exitCode, _, error) = await _clone.RunAsync("preview dev");

        exitCode.ShouldBe(2);
        error.ShouldStartWith($"./platform cannot write in {_clone.At(".platform")}, where it keeps what it has built: ");
        error.ShouldContain($"\nWork in a clone of your own (git clone '{_clone.At("").TrimEnd('/')}'), or make this one yours: sudo chown -R");
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-1")]
    [InlineData("1.5")]
    public async Task Rejects_ALimitThatIsNoNumber(string limit) => (await _clone.RunAsync("preview dev", ("PLATFORM_LOCK_TIMEOUT", limit))).ShouldBe(
        (2, "", $"PLATFORM_LOCK_TIMEOUT is '{limit}' in the environment: allowed are whole seconds, for example 600.\n"));

    // All of them find the same dead holder; were two to remove it, the second would remove the lock that the first has made by then.
    [Fact]
    public async Task MoreThanTwoWhoFindADeadHolder_BuildOneAfterTheOther()
    {
        _clone.Lock(Text(await HolderAsync(), pid: 999_999_999, start: "1"));
        _clone.Edit();

        var runs = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => _clone.RunAsync("preview dev")));

        runs.Select(run => run.ExitCode).ShouldAllBe(code => code == 0);
        (_clone.Builds, _clone.Calls.Contains("overlap"), _clone.IsLocked).ShouldBe((2, false, false));
    }

    [Fact]
    public async Task RemovalThatWasCutOff_IsSaid()
    {
        _clone.Lock(Text(await HolderAsync(), pid: 999_999_999, start: "1"));
        File.CreateSymbolicLink(_clone.At(".platform/lock.removal"), "999999999");
        _clone.Edit();

        var (exitCode, _, error) = await _clone.RunAsync("preview dev", Soon);

        exitCode.ShouldBe(9);
        error.ShouldEndWith($"Remove it: rm -f '{_clone.At(".platform/lock")}' '{_clone.At(".platform/lock.removal")}'\n");
    }

    // To the script alone, as `kill` and `docker stop` do; what still builds would run beside the next build.
    [Fact]
    public async Task SignalToTheScript_EndsTheBuild_AndFreesTheLock()
    {
        _clone.Hold();
        using var run = _clone.Start(["bash", _clone.At("platform"), "preview", "dev"]);
        while (!_clone.IsLocked || _clone.Builds == 0)
        {
            await Task.Delay(20);
        }

        using (var kill = Process.Start("kill", [$"{run.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        (await ScriptClone.EndAsync(run)).ExitCode.ShouldBe(143);
        // What was told to end may be a moment behind who told it
        for (var wait = 0; wait < 500 && !_clone.Calls.Contains("ended"); wait++)
        {
            await Task.Delay(20);
        }
        _clone.Calls.ShouldBe(["build Preview.slnf", "ended"]);
        _clone.IsLocked.ShouldBeFalse();
        _clone.Release();
        (await _clone.RunAsync("preview dev")).ExitCode.ShouldBe(0);
    }

    public void Dispose() => _clone.Dispose();

    private async Task<string[]> HolderAsync()
    {
        (await _clone.RunAsync("preview dev")).ExitCode.ShouldBe(0);
        return _clone.Holder.Split('|');
    }

    private static string Text(
        string[] holder, int pid, string start, string? boot = null, string? space = null,
        string since = "2026-11-26 09:14:02 +0000", string command = "./platform preview")
        => string.Join('|', pid, start, holder[2], holder[3], boot ?? holder[4], space ?? holder[5], "anna", since, command);

    private async Task TakesOverAsync()
    {
        _clone.Edit();

        (await _clone.RunAsync("preview dev")).ShouldBe((0, "", "Building (a minute the first time) ...\n"));
        (_clone.Builds, _clone.IsLocked).ShouldBe((2, false));
    }

    private async Task IsLeftAloneAsync(string why)
    {
        _clone.Edit();

        var (exitCode, _, error) = await _clone.RunAsync("preview dev", Soon);

        (exitCode, _clone.Builds, _clone.IsLocked).ShouldBe((9, 1, true));
        error.ShouldContain($"; whether that still builds cannot be seen from here: {why}.\nIf it does not:  rm -f '{_clone.At(".platform/lock")}'\n");
        error.ShouldEndWith(
            $"cannot be seen from here: {why}.\nMake sure that nothing builds in this clone, then remove the lock: rm -f '{_clone.At(".platform/lock")}'\n");
    }
}
