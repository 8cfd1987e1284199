using System.Diagnostics;
using System.Runtime.CompilerServices;
using Operate.Verifying;
using Rehearsal.Secrets;

namespace Tests.Operate.Verifying;

// Promise: groups run at the same time and never longer than they may; whatever one of them does, the others are reported.
public sealed class VerificationTests
{
    private static readonly Finding Passed = new("one", Outcome.Passed, "a", "a");

    [Fact]
    public async Task Groups_RunAtTheSameTime_AndAreReportedInTheirOrder()
    {
        var second = new TaskCompletionSource();
        var first = new Group("first", async (found, _) =>
        {
            // It could not end if the second did not run beside it
            await second.Task;
            found(Passed);
        });
        var report = await RunAsync(first, new Group("second", (found, _) =>
        {
            found(Passed with { Check = "two" });
            second.SetResult();
            return Task.CompletedTask;
        }));

        report.Groups.Select(group => (group.Name, group.Findings.Single().Check)).ShouldBe([("first", "one"), ("second", "two")]);
        report.Failed.ShouldBeFalse();
    }

    [Fact]
    public async Task WhatAGroupThrows_IsAFinding_AndTheOthersAreReported()
    {
        var report = await RunAsync(
            new Group("broken", (found, _) =>
            {
                found(Passed);
                throw new InvalidOperationException("no such thing");
            }),
            new Group("whole", Finds(Passed)));

        report.Groups[0].Findings.ShouldBe([
            Passed,
            new Finding("broken", Outcome.Failed, "checks that come to their end", "InvalidOperationException: no such thing",
                "This is a defect of verify: report it with what it says."),
        ]);
        report.Groups[1].Findings.ShouldBe([Passed]);
        report.Failed.ShouldBeTrue();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WhatIsNotDoneInTime_HasFailed_WhetherItLooksAtItsTokenOrNot(bool looks)
    {
        var started = Stopwatch.StartNew();
        var never = new TaskCompletionSource();
        var report = await RunAsync(
            TimeSpan.FromSeconds(1),
            new Group("slow", async (found, cancellation) =>
            {
                found(Passed);
                await (looks ? Task.Delay(Timeout.Infinite, cancellation) : never.Task);
            }),
            new Group("quick", Finds(Passed)));

        started.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
        report.Groups[0].Findings.ShouldBe([
            Passed,
            new Finding("slow", Outcome.Failed, "all its checks within 1 s", "timed out",
                "See which host does not answer, give it more time with --timeout, or leave it out with --skip."),
        ]);
        report.Groups[1].Findings.ShouldBe([Passed]);
    }

    [Fact]
    public async Task AGroupThatBlocksItsThread_HoldsUpNobody()
    {
        using var held = new ManualResetEventSlim();
        var report = await RunAsync(TimeSpan.FromSeconds(0.3), new Blocked(held), new Blocked(held), new Blocked(held), new Quick());
        held.Set();

        report.Groups[0].Findings.Single().Found.ShouldBe("timed out");
        report.Groups[3].Findings.ShouldBe([Passed]);
    }

    [Fact]
    public async Task AnOrderToEnd_EndsWithoutAReport()
    {
        using var ended = new CancellationTokenSource();
        var slow = new Group("slow", (_, cancellation) => Task.Delay(Timeout.Infinite, cancellation));
        var running = new Verification([slow], TimeSpan.FromMinutes(1), new SecretFilter())
            .RunAsync("dev", "outputs.json", ended.Token);
        await ended.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(running);
    }

    [Fact]
    public async Task Secrets_AreTakenOutOfEveryField()
    {
        var filter = new SecretFilter();
        filter.LearnText("hunter-password");
        var verification = new Verification(
            [new Group("redis", Finds(new Finding("redis hunter-password", Outcome.Failed, "hunter-password", "not hunter-password", "say hunter-password")))],
            TimeSpan.FromMinutes(1), filter);

        (await verification.RunAsync("dev", "outputs.json", CancellationToken.None)).Groups.Single().Findings.Single()
            .ShouldBe(new Finding("redis [secret]", Outcome.Failed, "[secret]", "not [secret]", "say [secret]"));
    }

    [Fact]
    public async Task AGroupThatFindsNothing_IsSkipped()
        => (await RunAsync(new Group("empty", (_, _) => Task.CompletedTask))).Groups.Single().Findings.Single().Outcome.ShouldBe(Outcome.Skipped);

    private static Func<Action<Finding>, CancellationToken, Task> Finds(Finding finding) => (found, _) =>
    {
        found(finding);
        return Task.CompletedTask;
    };

    private static Task<VerifyReport> RunAsync(params ICheckGroup[] groups) => RunAsync(TimeSpan.FromMinutes(1), groups);

    private static Task<VerifyReport> RunAsync(TimeSpan timeout, params ICheckGroup[] groups)
        => new Verification(groups, timeout, new SecretFilter()).RunAsync("dev", "outputs.json", CancellationToken.None);

    private sealed class Group(string name, Func<Action<Finding>, CancellationToken, Task> run) : ICheckGroup
    {
        public string Name => name;

        public async IAsyncEnumerable<Finding> RunAsync([EnumeratorCancellation] CancellationToken cancellation)
        {
            var found = System.Threading.Channels.Channel.CreateUnbounded<Finding>();
            var running = Task.Run(async () => await run(finding => found.Writer.TryWrite(finding), cancellation), CancellationToken.None)
                .ContinueWith(
                    ended => found.Writer.TryComplete(ended.Exception?.InnerException),
                CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            await foreach (var finding in found.Reader.ReadAllAsync(CancellationToken.None))
            {
                yield return finding;
            }
            await running;
        }
    }

    // Waits as a library does that knows nothing of tasks
    private sealed class Blocked(ManualResetEventSlim held) : ICheckGroup
    {
        public string Name => "blocked";

        public async IAsyncEnumerable<Finding> RunAsync([EnumeratorCancellation] CancellationToken cancellation)
        {
            held.Wait(TimeSpan.FromSeconds(30), CancellationToken.None);
            yield return await Task.FromResult(Passed);
        }
    }

    private sealed class Quick : ICheckGroup
    {
        public string Name => "quick";

        public async IAsyncEnumerable<Finding> RunAsync([EnumeratorCancellation] CancellationToken cancellation)
        {
            yield return await Task.FromResult(Passed);
        }
    }
}
