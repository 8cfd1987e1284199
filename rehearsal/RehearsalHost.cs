using System.Collections.Immutable;
using System.Diagnostics;
using Rehearsal.Events;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Programs;
using Rehearsal.Registration;
using Rehearsal.Schemas;
using Rehearsal.Secrets;
using Rehearsal.Services;
using Rehearsal.Wire;

namespace Rehearsal;

/// <summary>Runs a Pulumi program against an engine of its own.</summary>
public interface IRehearsalHost
{
    /// <summary>Previews the program; failures of the program are part of the result.</summary>
    /// <param name="request">What to rehearse.</param>
    /// <param name="events">Gets every event as it happens, one at a time.</param>
    /// <param name="cancellation">Ends the program and everything it started; the result is then <see cref="RehearsalOutcome.Cancelled"/>.</param>
    Task<RehearsalResult> RunAsync(RehearsalRequest request, IProgress<EngineEvent> events, CancellationToken cancellation);
}

/// <summary>An engine that lives as long as one run of one program.</summary>
public sealed class RehearsalHost : IRehearsalHost
{
    private readonly SchemaStore _schemas;

    /// <summary>A host that checks inputs against the schemas beside this assembly.</summary>
    public RehearsalHost()
        : this(SchemaStore.Bundled)
    {
    }

    internal RehearsalHost(SchemaStore schemas) => _schemas = schemas;

    public async Task<RehearsalResult> RunAsync(RehearsalRequest request, IProgress<EngineEvent> events, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var secrets = SecretFilter.For(request);
        var stream = new EventStream(events, secrets);
        var context = new EngineContext(request, new ResourceGraph(), stream, secrets, new StepRecorder(stream));
        stream.Report(new PreludeEvent(Masked(request)));
        var engineFailed = false;
        await using var server = Verb.Server(context, _schemas, (failure, cause) =>
        {
            engineFailed = true;
            stream.Error(failure);
            stream.Report(new Diagnostic(DiagnosticSeverity.Debug, cause.ToString()));
        });
        try
        {
            await server.StartAsync(cancellation);
            var exit = await RunProgramAsync(request, server.Address, stream, cancellation);
            if (exit is { } code
                && ProgramExit.Problem(code, context.Graph.Root is not null, context.Graph.Root?.OutputsRegistered ?? false, stream.Failed) is { } problem)
            {
                stream.Error(problem);
            }
            return Finish(engineFailed ? RehearsalOutcome.EngineFailed : stream.Failed ? RehearsalOutcome.ProgramFailed : RehearsalOutcome.Succeeded, exit);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            stream.Report(new CancelEvent());
            return Finish(RehearsalOutcome.Cancelled, exit: null);
        }

        RehearsalResult Finish(RehearsalOutcome outcome, int? exit)
        {
            var plan = secrets.Mark(context.Steps.Plan);
            stream.Report(new SummaryEvent(IsPreview: true, clock.Elapsed, plan.Changes));
            return new RehearsalResult
            {
                Outcome = outcome,
                Plan = plan,
                Outputs = secrets.Mark(context.Graph.Root?.State.Outputs ?? PropertyMap.Empty),
                Diagnostics = stream.Diagnostics,
                Duration = clock.Elapsed,
                ProgramExitCode = exit,
            };
        }
    }

    // The exit code; null when the program could not be started, which the operator is then told.
    private static async Task<int?> RunProgramAsync(RehearsalRequest request, string address, EventStream events, CancellationToken cancellation)
    {
        try
        {
            return await ProgramProcess.RunAsync(
                request.Program,
                ProgramEnvironment.For(request, address),
                line => events.Report(new Diagnostic(DiagnosticSeverity.Info, line)),
                line => events.Report(new Diagnostic(DiagnosticSeverity.InfoError, line)),
                cancellation);
        }
        catch (ProgramStartException e)
        {
            events.Error($"{e.Message}. {ProgramStartException.Fix}");
            return null;
        }
    }

    private static ImmutableSortedDictionary<string, string> Masked(RehearsalRequest request)
        => request.Config.ToImmutableSortedDictionary(
            entry => entry.Key, entry => request.SecretKeys.Contains(entry.Key) ? PropertyMask.Text : entry.Value, StringComparer.Ordinal);
}

/// <summary>What to rehearse.</summary>
public sealed record RehearsalRequest
{
    public required ProgramLaunch Program { get; init; }

    public required string Project { get; init; }

    public required string Stack { get; init; }

    /// <summary>The organization; self-managed backends use <c>organization</c>.</summary>
    public string Organization { get; init; } = "organization";

    /// <summary>Configuration: full key (<c>platform:cluster</c>) to text; structured values are JSON text. Secrets are open here.</summary>
    public ImmutableSortedDictionary<string, string> Config { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Full keys of <see cref="Config"/> that are secret.</summary>
    public ImmutableSortedSet<string> SecretKeys { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>How many operations the program may have in flight; the CLI's default is four per processor, at least 16.</summary>
    public int Parallel { get; init; } = Math.Max(16, 4 * Environment.ProcessorCount);

    /// <summary>Outputs of other stacks by the name that a <c>StackReference</c> gives; null when there is no such stack.</summary>
    public Func<string, PropertyMap?> StackOutputs { get; init; } = _ => null;
}

/// <summary>How to start a Pulumi program.</summary>
/// <param name="Command">The executable, found on the PATH or by its path.</param>
/// <param name="Arguments">Its arguments, one per element, unquoted.</param>
/// <param name="WorkingDirectory">The program's folder; also <c>PULUMI_PWD</c>.</param>
/// <param name="RootDirectory">The project's folder, where Pulumi.yaml is; also <c>PULUMI_ROOT_DIRECTORY</c>.</param>
public sealed record ProgramLaunch(string Command, ImmutableArray<string> Arguments, string WorkingDirectory, string RootDirectory)
{
    /// <summary>Variables added to those of this process; the engine's own <c>PULUMI_*</c> win over them.</summary>
    public ImmutableDictionary<string, string> Environment { get; init; } = ImmutableDictionary<string, string>.Empty;
}

/// <summary>What a rehearsal found.</summary>
public sealed record RehearsalResult
{
    public required RehearsalOutcome Outcome { get; init; }

    /// <summary>The steps; secrets in their states are readable: <see cref="PropertyMask"/> or <see cref="PropertyJson"/> hides them.</summary>
    public required Plan Plan { get; init; }

    /// <summary>What the stack exports; same caution as for <see cref="Plan"/>.</summary>
    public required PropertyMap Outputs { get; init; }

    public required ImmutableArray<Diagnostic> Diagnostics { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>The program's exit code; null when it was not started or had to be ended.</summary>
    public int? ProgramExitCode { get; init; }
}

/// <summary>How a rehearsal ended.</summary>
public enum RehearsalOutcome
{
    Succeeded,

    /// <summary>The program or what it sent is at fault; the diagnostics say where (exit code 2).</summary>
    ProgramFailed,

    /// <summary>The engine itself failed (exit code 1).</summary>
    EngineFailed,

    /// <summary>The operator ended it (exit code 130).</summary>
    Cancelled,
}
