using System.Collections.Immutable;
using System.Diagnostics;
using Rehearsal.Secrets;

namespace Operate.Verifying;

/// <summary>What one group found.</summary>
/// <param name="Name">The group's.</param>
/// <param name="Findings">In the order of its checks.</param>
/// <param name="Duration">How long it took.</param>
public sealed record GroupResult(string Name, ImmutableArray<Finding> Findings, TimeSpan Duration);

/// <summary>What a run of <c>verify</c> found.</summary>
/// <param name="Stack">The stack's name.</param>
/// <param name="Source">Where its outputs come from.</param>
/// <param name="Groups">In the order of the report.</param>
/// <param name="Duration">How long all of it took.</param>
public sealed record VerifyReport(string Stack, string Source, ImmutableArray<GroupResult> Groups, TimeSpan Duration)
{
    public bool Failed => Count(Outcome.Failed) > 0;

    public int Count(Outcome outcome) => Groups.Sum(group => group.Findings.Count(finding => finding.Outcome == outcome));

    public string Summary
        => $"{Count(Outcome.Passed)} passed, {Count(Outcome.Failed)} failed, {Count(Outcome.Skipped)} skipped ({Duration.TotalSeconds:0.0} s)";
}

/// <summary>Runs groups of checks at the same time, and ends when their time is up, whatever they wait for.</summary>
/// <param name="groups">What to run.</param>
/// <param name="timeout">The time of all of them together.</param>
/// <param name="filter">Takes secrets out of what they found.</param>
public sealed class Verification(IReadOnlyList<ICheckGroup> groups, TimeSpan timeout, SecretFilter filter)
{
    /// <summary>What groups get to end by themselves, once their time is up; whoever does not look at its token is left behind.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    private readonly ImmutableArray<Running> _running = [.. groups.Select(group => new Running(group))];

    /// <summary>The groups that still run, with what they have found so far: for who watches.</summary>
    public IEnumerable<(string Name, int Found, bool Ended)> Progress => _running.Select(run => (run.Group.Name, run.Snapshot().Length, run.Ended));

    /// <summary>Runs them.</summary>
    /// <param name="stack">The stack's name.</param>
    /// <param name="source">Where its outputs come from.</param>
    /// <param name="cancellation">The operator's own: ends the run without a report.</param>
    public async Task<VerifyReport> RunAsync(string stack, string source, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        // On threads of their own: a library that blocks holds up nobody else
        var all = Task.WhenAll(_running.Select(run => Task.Factory.StartNew(
            () => run.RunAsync(limit.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));
        await Task.WhenAny(all, Task.Delay(timeout + Grace, cancellation));
        cancellation.ThrowIfCancellationRequested();
        return new VerifyReport(stack, source, [.. _running.Select(Result)], clock.Elapsed);
    }

    private GroupResult Result(Running run)
    {
        var findings = run.Snapshot();
        if (!run.Ended || run.TimedOut)
        {
            findings = findings.Add(new Finding(run.Group.Name, Outcome.Failed, $"all its checks within {timeout.TotalSeconds:0.#} s", "timed out",
                "See which host does not answer, give it more time with --timeout, or leave it out with --skip."));
        }
        else if (findings.IsEmpty)
        {
            findings = [new Finding(run.Group.Name, Outcome.Skipped, "checks", "there was nothing to check")];
        }
        return new GroupResult(run.Group.Name, [.. findings.Select(Filtered)], run.Duration);
    }

    private Finding Filtered(Finding finding) => finding with
    {
        Check = filter.Apply(finding.Check),
        Expected = filter.Apply(finding.Expected),
        Found = filter.Apply(finding.Found),
        Fix = filter.Apply(finding.Fix),
    };

    /// <summary>One group on its way.</summary>
    private sealed class Running(ICheckGroup group)
    {
        private readonly Lock _lock = new();
        private readonly Stopwatch _clock = new();
        private ImmutableArray<Finding> _findings = [];

        public ICheckGroup Group => group;

        public bool Ended { get; private set; }

        public bool TimedOut { get; private set; }

        public TimeSpan Duration => _clock.Elapsed;

        public ImmutableArray<Finding> Snapshot()
        {
            lock (_lock)
            {
                return _findings;
            }
        }

        public async Task RunAsync(CancellationToken cancellation)
        {
            _clock.Start();
            try
            {
                await foreach (var finding in group.RunAsync(cancellation).WithCancellation(cancellation))
                {
                    Add(finding);
                }
                TimedOut = cancellation.IsCancellationRequested;
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                TimedOut = true;
            }
            // A defect of one check must not hide what the others found
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                Add(new Finding(group.Name, Outcome.Failed, "checks that come to their end", $"{e.GetType().Name}: {e.Message}",
                    "This is a defect of verify: report it with what it says."));
            }
            _clock.Stop();
            Ended = true;
        }

        private void Add(Finding finding)
        {
            lock (_lock)
            {
                _findings = _findings.Add(finding);
            }
        }
    }
}
