using Pulumi;
using Pulumi.Kubernetes.Storage.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Storage.V1;

namespace Infra.Clusters;

/// <summary>The StorageClass of claims that name none: encrypted gp3 disks, each for one node at a time.</summary>
public sealed class DefaultStorageClass : ComponentResource
{
    /// <summary>Name of the class; stack files refer to it.</summary>
    public const string ClassName = "gp3";

    private const string Token = "platform:clusters:DefaultStorageClass";

    public DefaultStorageClass(string name, Input<string> keyArn, ComponentResourceOptions? options = null)
        : base(Token, name, options)
    {
        new StorageClass(
            name,
            new StorageClassArgs
            {
                Metadata = new ObjectMetaArgs
                {
                    Name = ClassName,
                    Annotations = { ["storageclass.kubernetes.io/is-default-class"] = "true" },
                },
                Provisioner = "ebs.csi.aws.com",
                Parameters = { ["type"] = "gp3", ["encrypted"] = "true", ["kmsKeyId"] = keyArn },
                // A disk lies in one zone: it is made where the pod that wants it has been scheduled.
                VolumeBindingMode = "WaitForFirstConsumer",
                AllowVolumeExpansion = true,
                ReclaimPolicy = "Delete",
            },
            // Nothing in a class can be changed but its annotations, and the fixed name cannot exist twice.
            new CustomResourceOptions { Parent = this, DeleteBeforeReplace = true });
        RegisterOutputs();
    }
}
