using Rehearsal.Events;
using Rehearsal.Graph;
using Rehearsal.Planning;

namespace Rehearsal.Registration;

/// <summary>Collects the steps of a plan in the order of their start and tells of each.</summary>
internal sealed class StepRecorder(EventStream events)
{
    private readonly Lock _lock = new();
    private readonly List<(Operation Operation, RegisteredResource Resource)> _steps = [];

    public Plan Plan
    {
        get
        {
            lock (_lock) return new Plan([.. _steps.Select(s => new PlanStep { Operation = s.Operation, Urn = s.Resource.Urn, Provider = s.Resource.State.Provider, New = s.Resource.State })]);
        }
    }

    public void Start(Operation operation, RegisteredResource resource)
    {
        lock (_lock) _steps.Add((operation, resource));
        if (Shown(resource)) events.Report(new ResourcePreEvent(Metadata(operation, resource), Planning: true));
    }

    public void Complete(Operation operation, RegisteredResource resource)
    {
        if (Shown(resource)) events.Report(new ResourceOutputsEvent(Metadata(operation, resource), Planning: true));
    }

    // Pulumi's engine keeps default providers to itself
    private static bool Shown(RegisteredResource resource) => !PlanStep.IsDefaultProviderUrn(resource.Urn);

    private static StepMetadata Metadata(Operation operation, RegisteredResource resource)
    {
        var state = resource.State;
        return new StepMetadata(operation, state.Urn, state.Type, state.Parent, state.Provider, state.Custom, state.Protect);
    }
}
