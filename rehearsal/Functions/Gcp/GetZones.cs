using Rehearsal.Registration;
using Rehearsal.Wire;

namespace Rehearsal.Functions.Gcp;

/// <summary>Three zones of the region.</summary>
internal sealed class GetZones : IFunction
{
    public string Token => "gcp:compute/getZones:getZones";

    public PropertyMap Invoke(PropertyMap arguments, EngineContext context)
    {
        var (project, region) = (Answer.Project(arguments, context), arguments.TextOf("region") ?? context.Request.Config.GetValueOrDefault("gcp:region", "us-central1"));
        return Answer.Echo(
            arguments, ("id", Answer.Text($"projects/{project}/regions/{region}")), ("project", Answer.Text(project)), ("names", Answer.List(new[] { "a", "b", "c" }.Select(z => $"{region}-{z}"))));
    }
}
