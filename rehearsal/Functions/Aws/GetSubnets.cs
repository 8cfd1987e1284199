using Rehearsal.Registration;
using Rehearsal.Wire;

namespace Rehearsal.Functions.Aws;

/// <summary>Three subnets, one in each zone, of whatever was asked for.</summary>
internal sealed class GetSubnets : IFunction
{
    public string Token => "aws:ec2/getSubnets:getSubnets";

    public PropertyMap Invoke(PropertyMap arguments, EngineContext context)
    {
        var region = Answer.Region(arguments, context);
        return Answer.Echo(
            arguments, ("id", Answer.Text(region)), ("region", Answer.Text(region)),
            ("ids", Answer.List(Enumerable.Range(1, 3).Select(i => $"subnet-{Digits.Hex($"subnets/{region}/{arguments}/{i}", 17)}"))));
    }
}
