using Rehearsal.Registration;
using Rehearsal.Wire;

namespace Rehearsal.Functions.Gcp;

/// <summary>A subnetwork that exists already.</summary>
internal sealed class GetSubnetwork : IFunction
{
    public string Token => "gcp:compute/getSubnetwork:getSubnetwork";

    public PropertyMap Invoke(PropertyMap arguments, EngineContext context)
    {
        var (name, project) = (arguments.TextOf("name") ?? "default", Answer.Project(arguments, context));
        var region = arguments.TextOf("region") ?? context.Request.Config.GetValueOrDefault("gcp:region", "us-central1");
        var id = $"projects/{project}/regions/{region}/subnetworks/{name}";
        return Answer.Echo(
            arguments, ("id", Answer.Text(id)), ("name", Answer.Text(name)), ("project", Answer.Text(project)), ("region", Answer.Text(region)),
            ("selfLink", Answer.Text($"https://www.googleapis.com/compute/v1/{id}")), ("network", Answer.Text($"projects/{project}/global/networks/default")),
            ("ipCidrRange", Answer.Text("10.128.0.0/20")), ("gatewayAddress", Answer.Text("10.128.0.1")), ("stackType", Answer.Text("IPV4_ONLY")));
    }
}
