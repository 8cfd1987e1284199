using Rehearsal.Registration;
using Rehearsal.Wire;

namespace Rehearsal.Functions.Aws;

/// <summary>A subnet that exists already.</summary>
internal sealed class GetSubnet : IFunction
{
    public string Token => "aws:ec2/getSubnet:getSubnet";

    public PropertyMap Invoke(PropertyMap arguments, EngineContext context)
    {
        var region = Answer.Region(arguments, context);
        var id = arguments.TextOf("id") ?? $"subnet-{Digits.Hex($"subnet/{region}/{arguments}", 17)}";
        return Answer.Echo(
            arguments,
            ("id", Answer.Text(id)), ("region", Answer.Text(region)), ("arn", Answer.Text($"arn:aws:ec2:{region}:{Answer.Account}:subnet/{id}")), ("ownerId", Answer.Text(Answer.Account)),
            ("availabilityZone", arguments.Find("availabilityZone") ?? Answer.Text($"{region}a")), ("cidrBlock", arguments.Find("cidrBlock") ?? Answer.Text("10.0.0.0/20")),
            ("availableIpAddressCount", Answer.Number(4091)), ("state", Answer.Text("available")), ("vpcId", arguments.Find("vpcId") ?? Answer.Text($"vpc-{Digits.Hex(id, 17)}")));
    }
}
