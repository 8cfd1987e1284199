using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Wire;

namespace Rehearsal.Registration;

/// <summary>Takes in the outputs of components; those of the root stack are what the stack exports.</summary>
internal sealed class OutputsRegistrar(EngineContext context)
{
    /// <summary>Completes a component.</summary>
    /// <exception cref="Protocol.GrpcException">There is no such component, or it is complete already.</exception>
    public void Register(Urn urn, PropertyMap outputs)
    {
        context.Secrets.Learn(outputs);
        var resource = context.Graph.Find(urn) ?? throw context.Events.Refuse($"outputs came for '{urn}', which is not registered", urn);
        if (resource.State.Custom) throw context.Events.Refuse($"outputs came for '{urn}', which is no component: its provider gives its outputs", urn);
        lock (resource)
        {
            if (resource.OutputsRegistered) throw context.Events.Refuse($"the outputs of '{urn}' came twice: call RegisterOutputs once, at the end of the component", urn);
            resource.OutputsRegistered = true;
        }
        resource.State = resource.State with { Outputs = outputs };
        context.Steps.Complete(Operation.Create, resource);
    }
}
