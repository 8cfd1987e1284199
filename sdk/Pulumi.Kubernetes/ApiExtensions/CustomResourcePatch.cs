using Pulumi.Kubernetes.Types.Outputs.Meta.V1;

namespace Pulumi.Kubernetes.ApiExtensions;

/// <summary>Some fields of an object of a custom kind that others own, held by server-side apply.</summary>
public class CustomResourcePatch : KubernetesResource
{
    public CustomResourcePatch(string name, CustomResourcePatchArgs args, CustomResourceOptions? options = null)
        : base($"kubernetes:{args.Group}:{args.KindName}Patch", name, args, options)
    {
    }

    [Output("apiVersion")]
    public Output<string> ApiVersion { get; private set; } = null!;

    [Output("kind")]
    public Output<string> Kind { get; private set; } = null!;

    [Output("metadata")]
    public Output<ObjectMeta> Metadata { get; private set; } = null!;
}
