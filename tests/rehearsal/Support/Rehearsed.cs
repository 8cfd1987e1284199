using System.Collections.Immutable;
using Protocol;
using Rehearsal;
using Rehearsal.Events;
using Rehearsal.Execution;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Registration;
using Rehearsal.Schemas;
using Rehearsal.Secrets;
using Rehearsal.State;
using Rehearsal.Wire;

namespace Tests.Rehearsal.Support;

/// <summary>An operation of the engine without a program: the test registers what a program would, one resource after another.</summary>
internal sealed class Rehearsed : IDisposable
{
    public const string Id = "random:index/randomId:RandomId";

    private readonly EngineContext _context;
    private readonly Registrar _registrar;
    private readonly Operations _operations;

    public Rehearsed(OperationKind kind, Checkpoint? state = null, PlanOptions? options = null)
        : this(new RehearsalRequest
        {
            Program = new ProgramLaunch("none", [], ".", "."),
            Project = "p",
            Stack = "s",
            Kind = kind,
            State = state ?? Checkpoint.Empty,
            Options = options ?? PlanOptions.None,
        }, new RecordingProgress())
    {
    }

    public Rehearsed(RehearsalRequest request, IProgress<EngineEvent> events)
    {
        var secrets = new SecretFilter();
        (Secrets, Events) = (secrets, new EventStream(events, secrets));
        _context = new EngineContext(request, Events, secrets, SchemaStore.Bundled);
        (_registrar, _operations) = (new Registrar(_context), new Operations(_context));
    }

    public EventStream Events { get; }

    public SecretFilter Secrets { get; }

    public Checkpoint State => _context.Snapshot.Checkpoint(StateSecrets.Closed);

    /// <summary>What is done, in its order, as <c>operation name</c>; default providers and the stack left out.</summary>
    public string[] Done => [.. _context.Steps.Plan.Steps.Where(step => !step.IsDefaultProvider && step.Type != Urn.RootType)
        .Select(step => $"{step.Operation.PulumiName()} {step.Name}")];

    public Plan Plan => _context.Steps.Plan;

    public static Urn UrnOf(string type, string name) => Urn.Create("s", "p", null, type, name);

    /// <summary>A whole operation.</summary>
    public static Rehearsed Run(OperationKind kind, Checkpoint? state, IEnumerable<ResourceGoal> goals, PlanOptions? options = null)
    {
        var operation = new Rehearsed(kind, state, options);
        operation._operations.Begin();
        try
        {
            operation.Register(new ResourceGoal { Type = Urn.RootType, Name = "p-s" });
            foreach (var goal in goals)
            {
                operation.Register(goal);
            }
            operation.End();
        }
        catch (GrpcException)
        {
            // The operation has ended, and says why
            operation._operations.Finish();
        }
        return operation;
    }

    public static Rehearsed Destroy(Checkpoint state, PlanOptions? options = null)
    {
        var operation = new Rehearsed(OperationKind.Destroy, state, options);
        operation._operations.Destroy();
        operation._operations.Finish();
        return operation;
    }

    public void Dispose() => _context.Dispose();

    public RegisteredResource Register(ResourceGoal goal) => _registrar.Register(goal);

    public void Finish() => _operations.Finish();

    public void End()
    {
        _operations.DeleteTheRest();
        _operations.Finish();
    }

    /// <summary>A resource that is replaced whenever what it keeps changes.</summary>
    public static ResourceGoal Follower(string name, ImmutableDictionary<string, string> keepers, IEnumerable<string>? of = null,
        IEnumerable<string>? after = null, bool? first = null) => new()
        {
            Type = Id,
            Name = name,
            Custom = true,
            Version = "4.21.2",
            DeleteBeforeReplace = first,
            Properties = PropertyMap.Create(
            ("byteLength", new NumberProperty(4)),
            ("keepers", new ObjectProperty(
                PropertyMap.From(keepers.Select(keeper => KeyValuePair.Create<string, PropertyValue>(keeper.Key, new StringProperty(keeper.Value))))))),
            Dependencies = [.. (of ?? []).Concat(after ?? []).Distinct(StringComparer.Ordinal).Select(other => UrnOf(Id, other))],
            PropertyDependencies = of is null ? ImmutableSortedDictionary<string, ImmutableArray<Urn>>.Empty
            : ImmutableSortedDictionary<string, ImmutableArray<Urn>>.Empty.Add("keepers", [.. of.Select(other => UrnOf(Id, other))]),
        };
}
