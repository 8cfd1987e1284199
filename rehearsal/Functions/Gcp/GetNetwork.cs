using Rehearsal.Registration;
using Rehearsal.Wire;

namespace Rehearsal.Functions.Gcp;

/// <summary>A network that exists already.</summary>
internal sealed class GetNetwork : IFunction
{
    public string Token => "gcp:compute/getNetwork:getNetwork";

    public PropertyMap Invoke(PropertyMap arguments, EngineContext context)
    {
        var (name, project) = (arguments.TextOf("name") ?? "default", Answer.Project(arguments, context));
        var id = $"projects/{project}/global/networks/{name}";
        return Answer.Echo(
            arguments, ("id", Answer.Text(id)), ("name", Answer.Text(name)), ("project", Answer.Text(project)), ("selfLink", Answer.Text($"https://www.googleapis.com/compute/v1/{id}")),
            ("numericId", Answer.Text(Digits.Decimal(id, 18))));
    }
}
