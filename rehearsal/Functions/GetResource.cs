using Rehearsal.Graph;
using Rehearsal.Registration;
using Rehearsal.Wire;

namespace Rehearsal.Functions;

/// <summary>A resource of the running program by its URN, which SDKs ask for when they meet a reference to it.</summary>
internal sealed class GetResource : IFunction
{
    public string Token => "pulumi:pulumi:getResource";

    public PropertyMap Invoke(PropertyMap arguments, EngineContext context)
    {
        var text = arguments.TextOf("urn") ?? "";
        var resource = Urn.TryParse(text, out var urn) ? context.Graph.Find(urn) : null;
        if (resource is null) throw context.Events.Refuse($"the resource '{text}' is asked for by its URN and is not registered");
        return PropertyMap.Of(("urn", Answer.Text(text)), ("id", Answer.Text(resource.State.Id ?? "")), ("state", new ObjectProperty(resource.State.Outputs)));
    }
}
