using Rehearsal.Registration;
using Rehearsal.Wire;

namespace Rehearsal.Functions.Aws;

/// <summary>A load balancer that exists already.</summary>
internal sealed class GetLoadBalancer : IFunction
{
    public string Token => "aws:lb/getLoadBalancer:getLoadBalancer";

    public PropertyMap Invoke(PropertyMap arguments, EngineContext context)
    {
        var region = Answer.Region(arguments, context);
        var name = arguments.TextOf("name") ?? arguments.TextOf("arn")?.Split('/').ElementAtOrDefault(2) ?? "rehearsed";
        var arn = arguments.TextOf("arn") ?? $"arn:aws:elasticloadbalancing:{region}:{Answer.Account}:loadbalancer/net/{name}/{Digits.Hex(name, 16)}";
        return Answer.Echo(
            arguments,
            ("id", Answer.Text(arn)), ("arn", Answer.Text(arn)), ("name", Answer.Text(name)), ("region", Answer.Text(region)), ("loadBalancerType", Answer.Text("network")),
            ("dnsName", Answer.Text($"{name}-{Digits.Hex(name, 16)}.elb.{region}.amazonaws.com")), ("zoneId", Answer.Text("Z" + Digits.Hex($"lb/{region}/network", 13).ToUpperInvariant())),
            ("vpcId", Answer.Text($"vpc-{Digits.Hex(name, 17)}")), ("ipAddressType", Answer.Text("ipv4")));
    }
}
