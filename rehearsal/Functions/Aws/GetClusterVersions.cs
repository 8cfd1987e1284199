using Rehearsal.Registration;
using Rehearsal.Wire;

namespace Rehearsal.Functions.Aws;

/// <summary>The Kubernetes versions that EKS offers, newest first.</summary>
internal sealed class GetClusterVersions : IFunction
{
    public string Token => "aws:eks/getClusterVersions:getClusterVersions";

    public PropertyMap Invoke(PropertyMap arguments, EngineContext context)
        => Answer.Echo(
            arguments, ("region", Answer.Text(Answer.Region(arguments, context))),
            ("clusterVersions", new ListProperty([.. KubernetesVersions.Offered.Select(v => Answer.Object(
                ("clusterVersion", Answer.Text(v)), ("clusterType", Answer.Text("eks")), ("defaultVersion", BooleanProperty.Of(v == KubernetesVersions.Default)), ("defaultPlatformVersion", Answer.Text("eks.1")),
                ("versionStatus", Answer.Text("STANDARD_SUPPORT")), ("kubernetesPatchVersion", Answer.Text($"{v}.0"))))])));
}
