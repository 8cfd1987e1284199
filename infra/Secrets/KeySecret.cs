using Infra.Manifests;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.Secrets;

/// <summary>The immutable Secret of one key file, under the name that the vendor's workloads look for.</summary>
internal static class KeySecret
{
    /// <summary>Makes the Secret as a child of the component that owns the key pair.</summary>
    /// <param name="parent">The owner.</param>
    /// <param name="name">Logical name of the Secret.</param>
    /// <param name="secretName">Physical name.</param>
    /// <param name="space">Namespace of whoever mounts it.</param>
    /// <param name="file">File name: the key inside the Secret.</param>
    /// <param name="text">Content of the file, already secret.</param>
    public static Secret Make(Resource parent, string name, KubernetesName secretName, Input<string> space, string file, Output<string> text) => new(
        name,
        new SecretArgs
        {
            Metadata = new ObjectMetaArgs { Name = secretName.Text, Namespace = space, Labels = SecretLabels.Of(name) },
            StringData = { [file] = text },
            Immutable = true,
            Type = "Opaque",
        },
        new CustomResourceOptions { Parent = parent });
}
