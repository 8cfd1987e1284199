using Rehearsal.Registration;
using Rehearsal.Wire;

namespace Rehearsal.Functions.Aws;

/// <summary>A VPC that exists already.</summary>
internal sealed class GetVpc : IFunction
{
    public string Token => "aws:ec2/getVpc:getVpc";

    public PropertyMap Invoke(PropertyMap arguments, EngineContext context)
    {
        var region = Answer.Region(arguments, context);
        var id = arguments.TextOf("id") ?? $"vpc-{Digits.Hex($"vpc/{region}/{arguments}", 17)}";
        return Answer.Echo(
            arguments,
            ("id", Answer.Text(id)), ("region", Answer.Text(region)), ("arn", Answer.Text($"arn:aws:ec2:{region}:{Answer.Account}:vpc/{id}")), ("ownerId", Answer.Text(Answer.Account)),
            ("cidrBlock", arguments.Find("cidrBlock") ?? Answer.Text("10.0.0.0/16")), ("default", arguments.Find("default") ?? BooleanProperty.False), ("state", Answer.Text("available")),
            ("enableDnsHostnames", BooleanProperty.True), ("enableDnsSupport", BooleanProperty.True), ("instanceTenancy", Answer.Text("default")),
            ("mainRouteTableId", Answer.Text($"rtb-{Digits.Hex(id, 17)}")));
    }
}
