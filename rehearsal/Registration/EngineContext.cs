using Protocol;
using Rehearsal.Events;
using Rehearsal.Execution;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Programs;
using Rehearsal.Providers;
using Rehearsal.Schemas;
using Rehearsal.Secrets;
using Rehearsal.State;

namespace Rehearsal.Registration;

/// <summary>What all answers of one run share.</summary>
internal sealed class EngineContext : IDisposable
{
    public EngineContext(RehearsalRequest request, EventStream events, SecretFilter secrets, SchemaStore schemas)
    {
        (Request, Events, Secrets, Schemas) = (request, events, secrets, schemas);
        Providers = new ProviderRegistry(schemas);
        Snapshot = new Snapshot(request.State);
        Steps = new StepRecorder(events, request.IsPreview, secrets) { CountsRefreshes = request.Kind == OperationKind.Refresh };
        Plan = new PlanContext(request.Options, request.IsPreview, Snapshot.Olds, Providers)
        {
            Find = Graph.Find,
            Failed = (problem, urn) =>
            {
                SawErrors++;
                events.Error(problem, urn);
            },
            Warn = (problem, urn) => events.Warning(problem, urn),
        };
        Planner = new StepGenerator(Plan);
        Hooks = new Hooks(this);
        Executor = new StepExecutor(this);
    }

    /// <summary>What is rehearsed.</summary>
    public RehearsalRequest Request { get; }

    /// <summary>What the program has registered so far.</summary>
    public ResourceGraph Graph { get; } = new();

    /// <summary>Where news goes.</summary>
    public EventStream Events { get; }

    /// <summary>The secrets met so far.</summary>
    public SecretFilter Secrets { get; }

    public SchemaStore Schemas { get; }

    public ProviderRegistry Providers { get; }

    /// <summary>The state, as the steps change it.</summary>
    public Snapshot Snapshot { get; }

    /// <summary>The plan as it grows.</summary>
    public StepRecorder Steps { get; }

    public PlanContext Plan { get; }

    /// <summary>Plans one resource at a time: take this as the lock.</summary>
    public StepGenerator Planner { get; }

    public StepExecutor Executor { get; }

    /// <summary>The functions of the program that it has given to the engine.</summary>
    public ProgramCallbacks Callbacks { get; } = new();

    public Hooks Hooks { get; }

    /// <summary>The end of what the program registers, which it may say while it stays for its hooks.</summary>
    public ProgramEnd ProgramEnd { get; } = new();

    /// <summary>How many errors were reported that the operation went on after, so that it fails at its end.</summary>
    public int SawErrors { get; private set; }

    /// <summary>Whether an error was reported after which nothing more is planned.</summary>
    public bool Failed => Events.Errors > SawErrors;

    /// <summary>Ends with the operation when something makes it impossible: the program is then ended, and what it still says is of no interest.</summary>
    public CancellationTokenSource Ended { get; } = new();

    public void Dispose()
    {
        Executor.Dispose();
        Callbacks.Dispose();
        Ended.Dispose();
    }

    public Urn UrnOf(Urn? parent, string type, string name) => Urn.Create(Request.Stack, Request.Project, parent, type, name);

    /// <summary>Reports why the operation cannot go on, and ends it.</summary>
    /// <returns>What the program gets that still waits for an answer.</returns>
    public GrpcException End(PlanningException problem)
    {
        foreach (var text in problem.Problems)
        {
            Events.Error(text, problem.Urn);
        }
        return End(problem.Message);
    }

    /// <summary>Ends the operation; who reported why has done so.</summary>
    public GrpcException End(string reason = "the operation has ended")
    {
        Ended.Cancel();
        return new GrpcException(GrpcStatus.Unknown, reason);
    }
}

/// <summary>Answers of an engine that cannot do what was asked.</summary>
internal static class Refusal
{
    /// <summary>Tells the operator, and gives the error that the program gets; status UNKNOWN is what Pulumi's engine uses for its own errors.</summary>
    public static GrpcException Refuse(this EventStream events, string message, Urn? urn = null)
    {
        events.Error(message, urn);
        events.Refuse();
        return new GrpcException(GrpcStatus.Unknown, message);
    }
}

/// <summary>Collects the steps of a plan in the order of their start and tells of each.</summary>
internal sealed class StepRecorder(EventStream events, bool planning, SecretFilter secrets)
{
    private readonly Lock _lock = new();
    private readonly List<(Step Step, ResourceState? Announced)> _steps = [];

    /// <summary>Whether refreshes count: they do where they are all that is done.</summary>
    public bool CountsRefreshes { get; init; }

    /// <summary>The steps as they are now; what shows them marks their secrets first, with all that are known by then.</summary>
    public Plan Plan
    {
        get
        {
            lock (_lock)
            {
                return new Plan([
                    .. _steps.Select(entry => Described(
                        entry.Step, entry.Step.Old?.State, entry.Step.New?.State, entry.Announced, entry.Step.Failed,
                        CountsRefreshes && entry.Step.Operation == Operation.Refresh ? entry.Step.Found : null)),
                ]);
            }
        }
    }

    public void Start(Step step)
    {
        var announced = secrets.Mark(step.New?.State);
        lock (_lock)
        {
            // Of what stays as it was nobody asks how it was announced, and there is much of it
            var stays = step is { Operation: Operation.Same, Old.State.Protect: var kept } && announced is { Custom: true } && announced.Protect == kept;
            _steps.Add((step, stays ? null : announced));
        }
        if (events.IsWatched)
        {
            events.Report(new ResourcePreEvent(Metadata(step), planning) { Step = Described(step, secrets.Mark(step.Old?.State), announced, announced) });
        }
    }

    public void Complete(Step step)
    {
        if (events.IsWatched)
        {
            events.Report(new ResourceOutputsEvent(Metadata(step), planning) { Step = Snapshot(step) });
        }
    }

    public void Fail(Step step)
    {
        step.Failed = true;
        // A preview that fails has done nothing that could fail
        if (planning)
        {
            return;
        }
        events.Report(new ResourceFailedEvent(Metadata(step)) { Step = Snapshot(step) });
    }

    private PlanStep Snapshot(Step step)
    {
        var announced = secrets.Mark(step.New?.State);
        return Described(step, secrets.Mark(step.Old?.State), announced, announced);
    }

    private static PlanStep Described(
        Step step, ResourceState? old, ResourceState? @new, ResourceState? announced, bool failed = false, Operation? found = null) => new()
        {
            Operation = step.Operation,
            Urn = step.Urn,
            Provider = (step.New ?? step.Old)!.State.Provider,
            Old = old,
            New = @new,
            Announced = announced,
            DiffReasons = step.DiffReasons,
            ReplaceReasons = step.ReplaceReasons,
            Detailed = step.Detailed,
            Failed = failed,
            Found = found,
        };

    private static StepMetadata Metadata(Step step)
    {
        var state = (step.New ?? step.Old)!.State;
        return new StepMetadata(step.Operation, state.Urn, state.Type, state.Parent, state.Provider, state.Custom, state.Protect);
    }
}
