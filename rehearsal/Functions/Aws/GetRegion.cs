using Rehearsal.Registration;
using Rehearsal.Wire;

namespace Rehearsal.Functions.Aws;

/// <summary>The region in use: the one asked for, else the stack's.</summary>
internal sealed class GetRegion : IFunction
{
    public string Token => "aws:index/getRegion:getRegion";

    public PropertyMap Invoke(PropertyMap arguments, EngineContext context)
    {
        var region = arguments.TextOf("name") ?? Answer.Region(arguments, context);
        return PropertyMap.Of(
            ("name", Answer.Text(region)), ("region", Answer.Text(region)), ("id", Answer.Text(region)),
            ("description", Answer.Text($"{region} (rehearsed)")), ("endpoint", Answer.Text($"ec2.{region}.amazonaws.com")));
    }
}
