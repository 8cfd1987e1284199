using Rehearsal.Registration;
using Rehearsal.Wire;

namespace Rehearsal.Functions.Aws;

/// <summary>A token for a cluster, secret as the real one, and labelled as rehearsed.</summary>
internal sealed class GetClusterAuth : IFunction
{
    public string Token => "aws:eks/getClusterAuth:getClusterAuth";

    public PropertyMap Invoke(PropertyMap arguments, EngineContext context)
    {
        var name = arguments.TextOf("name") ?? "";
        return Answer.Echo(
            arguments, ("id", Answer.Text(name)), ("region", Answer.Text(Answer.Region(arguments, context))),
            ("token", new SecretProperty(Answer.Text($"k8s-aws-v1.rehearsed-{Digits.Hex(name, 16)}"))));
    }
}
