using Rehearsal.Registration;
using Rehearsal.Wire;

namespace Rehearsal.Functions.Aws;

/// <summary>The version of an EKS add-on for a Kubernetes version, in the form AWS gives it.</summary>
internal sealed class GetAddonVersion : IFunction
{
    public string Token => "aws:eks/getAddonVersion:getAddonVersion";

    public PropertyMap Invoke(PropertyMap arguments, EngineContext context)
    {
        var (addon, version) = (arguments.TextOf("addonName") ?? "", arguments.TextOf("kubernetesVersion") ?? KubernetesVersions.Default);
        return Answer.Echo(
            arguments, ("id", Answer.Text(addon)), ("region", Answer.Text(Answer.Region(arguments, context))), ("version", Answer.Text($"v{version}.0-eksbuild.1")));
    }
}
