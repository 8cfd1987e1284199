using Rehearsal.Registration;
using Rehearsal.Wire;

namespace Rehearsal.Functions.Gcp;

/// <summary>A project that exists already.</summary>
internal sealed class GetProject : IFunction
{
    public string Token => "gcp:organizations/getProject:getProject";

    public PropertyMap Invoke(PropertyMap arguments, EngineContext context)
    {
        var id = arguments.TextOf("projectId") ?? Answer.Project(arguments, context);
        return Answer.Echo(arguments, ("id", Answer.Text($"projects/{id}")), ("projectId", Answer.Text(id)), ("name", Answer.Text(id)), ("number", Answer.Text(Digits.Decimal($"project/{id}", 12))));
    }
}
