using Pulumi;

namespace Infra.Manifests;

/// <summary>
/// Fields of Kubernetes objects that an API server or an admission webhook refuses to change, and that Pulumi's provider would try to change in place: an
/// object that has one of them is made with <see cref="Replacing"/>.
/// </summary>
/// <remarks>
/// The provider replaces by itself for what stands in its own table (pulumi-kubernetes, <c>provider/pkg/provider/diff.go</c>): names and namespaces, selectors
/// of workloads, claim templates, roleRef, type and data of Secrets, the source of a volume, class and modes of a claim, parameters and provisioner of a
/// StorageClass, scopes of a quota. Sources of the others stand beside them.
/// </remarks>
public static class ImmutableFields
{
    public const string PersistentVolume = "v1/PersistentVolume";
    public const string Service = "v1/Service";
    public const string StorageClass = "storage.k8s.io/v1/StorageClass";
    public const string TargetGroupBinding = "elbv2.k8s.aws/v1beta1/TargetGroupBinding";
    public const string AutoModeTargetGroupBinding = "eks.amazonaws.com/v1/TargetGroupBinding";

    /// <summary>The fields by API version and kind.</summary>
    public static IReadOnlyDictionary<string, string[]> All { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        // kubernetes/kubernetes, pkg/apis/core/validation, ValidatePersistentVolumeUpdate.
        [PersistentVolume] = ["spec.nodeAffinity", "spec.volumeMode"],
        // kubernetes/kubernetes, pkg/apis/core/validation, validateLoadBalancerClassField and validateHealthCheckNodePort of updates.
        [Service] = ["spec.healthCheckNodePort", "spec.loadBalancerClass"],
        // kubernetes/kubernetes, pkg/apis/storage/validation, ValidateStorageClassUpdate.
        [StorageClass] = ["reclaimPolicy", "volumeBindingMode"],
        // kubernetes-sigs/aws-load-balancer-controller, webhooks/elbv2/targetgroupbinding_validator.go, checkImmutableFields.
        [TargetGroupBinding] = ["spec.ipAddressType", "spec.targetGroupARN", "spec.targetType", "spec.vpcID"],
        // The same controller under EKS's name (EKS user guide, "TargetGroupBinding": what differs is the version).
        [AutoModeTargetGroupBinding] = ["spec.ipAddressType", "spec.targetGroupARN", "spec.targetType", "spec.vpcID"],
    };

    /// <summary>The options with which a change of one of the kind's fields makes another object.</summary>
    /// <param name="kind">One of the kinds of this class.</param>
    /// <param name="options">The object's other options.</param>
    public static CustomResourceOptions Replacing(string kind, CustomResourceOptions options) =>
        CustomResourceOptions.Merge(options, new CustomResourceOptions { ReplaceOnChanges = [.. All[kind]] });
}
