using Rehearsal.Events;
using Rehearsal.Graph;
using Rehearsal.Wire;

namespace Rehearsal.Registration;

/// <summary>What all answers of one run share.</summary>
/// <param name="Request">What is rehearsed.</param>
/// <param name="Graph">What the program has registered so far.</param>
/// <param name="Events">Where news goes.</param>
/// <param name="Secrets">The secrets met so far.</param>
/// <param name="Steps">The plan as it grows.</param>
internal sealed record EngineContext(RehearsalRequest Request, ResourceGraph Graph, EventStream Events, SecretFilter Secrets, StepRecorder Steps)
{
    public Urn UrnOf(Urn? parent, string type, string name) => Urn.Of(Request.Stack, Request.Project, parent, type, name);
}
