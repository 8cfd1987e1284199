namespace Pulumi.Kubernetes;

/// <summary>The base of all objects of the Kubernetes API.</summary>
public abstract class KubernetesResource : CustomResource
{
    private protected KubernetesResource(string type, string name, ResourceArgs? args, CustomResourceOptions? options)
        : base(type, name, args, options)
    {
    }
}
