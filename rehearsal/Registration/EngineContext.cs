using Protocol;
using Rehearsal.Events;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Secrets;

namespace Rehearsal.Registration;

/// <summary>What all answers of one run share.</summary>
/// <param name="Request">What is rehearsed.</param>
/// <param name="Graph">What the program has registered so far.</param>
/// <param name="Events">Where news goes.</param>
/// <param name="Secrets">The secrets met so far.</param>
/// <param name="Steps">The plan as it grows.</param>
internal sealed record EngineContext(RehearsalRequest Request, ResourceGraph Graph, EventStream Events, SecretFilter Secrets, StepRecorder Steps)
{
    public Urn UrnOf(Urn? parent, string type, string name) => Urn.Create(Request.Stack, Request.Project, parent, type, name);
}

/// <summary>Answers of an engine that cannot do what was asked.</summary>
internal static class Refusal
{
    /// <summary>Tells the operator, and gives the error that the program gets; status UNKNOWN is what Pulumi's engine uses for its own errors.</summary>
    public static GrpcException Refuse(this EventStream events, string message, Urn? urn = null)
    {
        events.Error(message, urn);
        return new GrpcException(GrpcStatus.Unknown, message);
    }
}

/// <summary>Collects the steps of a plan in the order of their start and tells of each.</summary>
internal sealed class StepRecorder(EventStream events)
{
    private readonly Lock _lock = new();
    private readonly List<(Operation Operation, RegisteredResource Resource)> _steps = [];

    public Plan Plan
    {
        get
        {
            lock (_lock)
            {
                return new Plan([.. _steps.Select(step => Step(step.Operation, step.Resource))]);
            }
        }
    }

    public void Start(Operation operation, RegisteredResource resource)
    {
        lock (_lock)
        {
            _steps.Add((operation, resource));
        }
        if (Shown(resource))
        {
            events.Report(new ResourcePreEvent(Metadata(operation, resource), Planning: true));
        }
    }

    public void Complete(Operation operation, RegisteredResource resource)
    {
        if (Shown(resource))
        {
            events.Report(new ResourceOutputsEvent(Metadata(operation, resource), Planning: true));
        }
    }

    // Pulumi's engine keeps default providers to itself
    private static bool Shown(RegisteredResource resource) => !ProviderReference.IsDefaultProvider(resource.Urn);

    private static PlanStep Step(Operation operation, RegisteredResource resource)
        => new() { Operation = operation, Urn = resource.Urn, Provider = resource.State.Provider, New = resource.State };

    private static StepMetadata Metadata(Operation operation, RegisteredResource resource)
    {
        var state = resource.State;
        return new StepMetadata(operation, state.Urn, state.Type, state.Parent, state.Provider, state.Custom, state.Protect);
    }
}
