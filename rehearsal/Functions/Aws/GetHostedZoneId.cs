using Rehearsal.Registration;
using Rehearsal.Wire;

namespace Rehearsal.Functions.Aws;

/// <summary>The zone of the load balancers of a region, which alias records point into.</summary>
internal sealed class GetHostedZoneId : IFunction
{
    public string Token => "aws:lb/getHostedZoneId:getHostedZoneId";

    public PropertyMap Invoke(PropertyMap arguments, EngineContext context)
    {
        var region = Answer.Region(arguments, context);
        return Answer.Echo(arguments, ("region", Answer.Text(region)), ("id", Answer.Text("Z" + Digits.Hex($"lb/{region}/{arguments.TextOf("loadBalancerType")}", 13).ToUpperInvariant())));
    }
}
