using System.Collections.Immutable;
using System.Diagnostics;
using Protocol;
using Rehearsal.Events;
using Rehearsal.Execution;
using Rehearsal.Planning;
using Rehearsal.Programs;
using Rehearsal.Registration;
using Rehearsal.Schemas;
using Rehearsal.Secrets;
using Rehearsal.Services;
using Rehearsal.StackFiles;
using Rehearsal.State;
using Rehearsal.Wire;

namespace Rehearsal;

/// <summary>Runs a Pulumi program against an engine of its own.</summary>
public interface IRehearsalHost
{
    /// <summary>Previews or updates with the program, destroys or refreshes without it; failures of the program are part of the result.</summary>
    /// <param name="request">What to rehearse.</param>
    /// <param name="events">Gets every event as it happens, one at a time.</param>
    /// <param name="cancellation">Ends the program and everything it started; the result is then <see cref="RehearsalOutcome.Cancelled"/>.</param>
    Task<RehearsalResult> RunAsync(RehearsalRequest request, IProgress<EngineEvent> events, CancellationToken cancellation);
}

/// <summary>An engine that lives as long as one run of one program.</summary>
public sealed class RehearsalHost : IRehearsalHost
{
    private readonly SchemaStore _schemas;

    /// <summary>How long a program may be silent after it was refused something, before it is ended: some wait for ever for what they will not get.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How a program is run; as a process of its own, if nobody has another one ready.</summary>
    internal RunProgram Run { get; init; } = ProgramProcess.RunAsync;

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
        using var context = new EngineContext(request, stream, secrets, _schemas);
        stream.Report(new PreludeEvent(Masked(request)));
        var operation = new Operations(context);
        try
        {
            (bool EngineFailed, int? Exit) end = default;
            switch (request.Kind)
            {
                case OperationKind.Destroy:
                    operation.Destroy();
                    break;
                case OperationKind.Refresh:
                    operation.Refresh();
                    break;
                default:
                    end = await RunProgramAsync(operation, context, cancellation);
                    break;
            }
            operation.Finish();
            return Finish(
                end.EngineFailed ? RehearsalOutcome.EngineFailed : stream.Failed ? RehearsalOutcome.ProgramFailed : RehearsalOutcome.Succeeded, end.Exit);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            operation.Finish();
            stream.Report(new CancelEvent());
            return Finish(RehearsalOutcome.Cancelled, exit: null);
        }

        RehearsalResult Finish(RehearsalOutcome outcome, int? exit)
        {
            var plan = secrets.Mark(context.Steps.Plan);
            stream.Report(new SummaryEvent(request.IsPreview, clock.Elapsed, plan.Changes));
            return new RehearsalResult
            {
                Outcome = outcome,
                Plan = plan,
                Outputs = secrets.Mark(context.Graph.Root?.State.Outputs ?? PropertyMap.Empty),
                Diagnostics = stream.Diagnostics,
                Secrets = secrets,
                FormerUrns = context.Planner.Notes.FormerUrns,
                Duration = clock.Elapsed,
                ProgramExitCode = exit,
            };
        }
    }

    private async Task<(bool EngineFailed, int? Exit)> RunProgramAsync(Operations operation, EngineContext context, CancellationToken cancellation)
    {
        var (request, stream, engineFailed) = (context.Request, context.Events, false);
        operation.Begin();
        await using var server = Verb.Server(context, (failure, cause) =>
        {
            engineFailed = true;
            stream.Error(failure);
            stream.Report(new Diagnostic(DiagnosticSeverity.Debug, cause.ToString()));
        });
        await server.StartAsync(cancellation);
        using var until = CancellationTokenSource.CreateLinkedTokenSource(cancellation, context.Ended.Token);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(until.Token);
        var refused = EndRefusedAsync(context, server, done.Token);
        var (exit, deleted) = ((int?)null, false);
        try
        {
            var signalled = context.ProgramEnd.Signalled;
            var program = RunProgramAsync(context, server.Address, until.Token);
            // A program that waits for this has hooks that may run meanwhile
            if (await Task.WhenAny(program, signalled) != program && Complete())
            {
                deleted = true;
                operation.DeleteTheRest();
            }
            context.ProgramEnd.Release();
            exit = await program;
            if (exit is { } code && ProgramExit.Problem(code, context.Graph.Root is not null, context.Graph.Root?.OutputsRegistered ?? false,
                stream.Failed) is { } problem)
            {
                stream.Error(problem);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The operation ended before the program did, and the operator knows why
        }
        await done.CancelAsync();
        await refused;
        if (!deleted && !engineFailed && !context.Failed)
        {
            operation.DeleteTheRest();
        }
        return (engineFailed, exit);

        bool Complete() => !engineFailed && !context.Failed && context.Graph.Root is { OutputsRegistered: true };
    }

    // A program that goes on is let: it may be refused more, and the operator then knows all of it at once.
    private async Task EndRefusedAsync(EngineContext context, GrpcServer server, CancellationToken done)
    {
        try
        {
            await context.Events.Refused.WaitAsync(done);
            for (var refused = Stopwatch.GetTimestamp(); ; await Task.Delay(Patience / 20, done))
            {
                if (Stopwatch.GetElapsedTime(Math.Max(refused, server.LastCall)) > Patience || Stopwatch.GetElapsedTime(refused) > Patience * 6)
                {
                    context.Events.Warning("The program did not end by itself after an error that makes the plan impossible, and was ended.");
                    context.End();
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
            // It ended by itself, or for another reason
        }
    }

    // The exit code; null when the program could not be started, which the operator is then told.
    private async Task<int?> RunProgramAsync(EngineContext context, string address, CancellationToken cancellation)
    {
        var (request, events) = (context.Request, context.Events);
        try
        {
            var variables = ProgramEnvironment.For(request, address);
            if (!await ProgramBuild.RunAsync(request.Program, variables, line => Say(DiagnosticSeverity.InfoError, line), cancellation))
            {
                events.Error($"the program cannot be built: `{string.Join(' ', request.Program.Build)}` failed; its own output is above");
                return null;
            }
            return await Run(ProgramEnvironment.Filled(request.Program, variables), variables, line
                => Say(DiagnosticSeverity.Info, line), line => Say(DiagnosticSeverity.InfoError, line), cancellation);
        }
        catch (ProgramStartException e)
        {
            events.Error($"{e.Message}. {ProgramStartException.Fix}");
            return null;
        }

        // What a program says after the end is about the end itself
        void Say(DiagnosticSeverity severity, string line)
        {
            if (!context.Ended.IsCancellationRequested)
            {
                events.Report(new Diagnostic(severity, line));
            }
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

    /// <summary>What is rehearsed of it.</summary>
    public OperationKind Kind { get; init; }

    /// <summary>Whether nothing is to change but the plan.</summary>
    public bool IsPreview => Kind == OperationKind.Preview;

    /// <summary>Whether a preview computes what needs no cloud, as passwords and keys: other values in every run, of which nothing is kept.</summary>
    public bool MakesValues { get; init; }

    /// <summary>What the operator asked of the plan.</summary>
    public PlanOptions Options { get; init; } = PlanOptions.None;

    /// <summary>The stack's resources before.</summary>
    internal Checkpoint State { get; init; } = Checkpoint.Empty;

    /// <summary>Keeps the stack's resources as they change; null where they do not.</summary>
    internal Action<Checkpoint>? Save { get; init; }

    /// <summary>What the operator says that providers would answer.</summary>
    internal Functions.Answers Answers { get; init; } = Functions.Answers.None;

    /// <summary>Where the settings stand, for messages of the program about them.</summary>
    public ConfigPlaces Places { get; init; } = ConfigPlaces.None;

    /// <summary>Outputs of other stacks by the name that a <c>StackReference</c> gives; null when there is no such stack.</summary>
    public Func<string, PropertyMap?> StackOutputs { get; init; } = _ => null;
}

/// <summary>The operations of Pulumi that are rehearsed.</summary>
public enum OperationKind
{
    Preview,
    Update,
    Destroy,
    Refresh,
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

    /// <summary>A command line that has to succeed in the same folder before the program starts; empty without one.</summary>
    public ImmutableArray<string> Build { get; init; } = [];

    /// <summary>Whether <c>{PULUMI_MONITOR}</c> and the like in <see cref="Arguments"/> stand for the values of those variables.</summary>
    public bool FillsArguments { get; init; }
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

    /// <summary>Under which other URNs the program says that resources may have been known.</summary>
    internal IReadOnlyDictionary<Graph.Urn, ImmutableArray<string>> FormerUrns { get; init; } = new Dictionary<Graph.Urn, ImmutableArray<string>>();

    /// <summary>Knows every secret that was met.</summary>
    public SecretFilter Secrets { get; init; } = new();

    /// <summary>The program's exit code; null when it was not started or had to be ended.</summary>
    public int? ProgramExitCode { get; init; }
}

/// <summary>How a rehearsal ended.</summary>
public enum RehearsalOutcome
{
    Succeeded,

    /// <summary>The program or what it sent is at fault; the diagnostics say where (exit code 1).</summary>
    ProgramFailed,

    /// <summary>The engine itself failed (exit code 1).</summary>
    EngineFailed,

    /// <summary>The operator ended it (exit code 8).</summary>
    Cancelled,
}
