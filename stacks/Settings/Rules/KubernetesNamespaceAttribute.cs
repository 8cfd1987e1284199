using System.Text.Json.Nodes;
using Infra.Manifests;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Rules;

/// <summary>A namespace for this platform's objects; none of those that Kubernetes keeps for itself.</summary>
public sealed class KubernetesNamespaceAttribute : RuleAttribute
{
    public override string Allowed => "a Kubernetes name, neither default nor starting with kube-";

    public override string Example => "seqera-platform";

    public override string? Violation(object value)
    {
        var name = ((KubernetesName)value).Text;
        return name == "default" || name.StartsWith("kube-") ? "is reserved by Kubernetes" : null;
    }

    public override void Describe(JsonObject schema) => schema["not"] = new JsonObject { ["pattern"] = "^(default$|kube-)" };
}
