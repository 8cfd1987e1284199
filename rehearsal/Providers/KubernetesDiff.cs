using System.Collections.Frozen;
using System.Collections.Immutable;
using Rehearsal.Planning;
using Rehearsal.Wire;

namespace Rehearsal.Providers;

/// <summary>Compares the inputs of Kubernetes objects field by field, and knows the fields that no API server changes in place (pulumi-kubernetes,
/// provider/pkg/provider/diff.go, 4.x).</summary>
internal static class KubernetesDiff
{
    private static readonly string[] Everywhere = ["metadata.name", "metadata.namespace"];

    private static readonly string[] Selector = ["spec.selector"];

    private static readonly string[] Job = ["spec.completions", "spec.parallelism", "spec.selector", "spec.template"];

    private static readonly string[] StatefulSet = ["spec.podManagementPolicy", "spec.revisionHistoryLimit", "spec.selector", "spec.serviceName",
        "spec.volumeClaimTemplates"];

    private static readonly string[] ContainerFields =
    [
        "args", "command", "env", "image", "imagePullPolicy", "lifecycle", "livenessProbe", "ports", "readinessProbe", "resources", "securityContext", "stdin",
            "stdinOnce",
        "terminationMessagePath", "terminationMessagePolicy", "tty", "volumeDevices", "volumeMounts", "workingDir",
    ];

    private static readonly string[] PodFields =
    [
        "affinity", "automountServiceAccountToken", "dnsConfig", "dnsPolicy", "enableServiceLinks", "hostAliases", "hostIPC", "hostNetwork", "hostPID",
            "hostname", "imagePullSecrets", "nodeName",
        "nodeSelector", "overhead", "preemptionPolicy", "priority", "priorityClassName", "readinessGates", "restartPolicy", "runtimeClassName",
            "schedulerName", "securityContext", "serviceAccount",
        "serviceAccountName", "shareProcessNamespace", "subdomain", "terminationGracePeriodSeconds", "volumes",
    ];

    private static readonly string[] VolumeSources =
    [
        "awsElasticBlockStore", "azureDisk", "azureFile", "cephfs", "cinder", "csi", "fc", "flexVolume", "flocker", "gcePersistentDisk", "glusterfs",
            "hostPath", "iscsi", "local", "nfs",
        "photonPersistentDisk", "portworxVolume", "quobyte", "rbd", "scaleIO", "storageos", "vsphereVolume",
    ];

    /// <summary>Fields whose change makes a new object, by group and kind; the versions of a group agree where they are still served.</summary>
    private static readonly FrozenDictionary<string, ImmutableArray<PropertyPath>> Immutable = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["apps:Deployment"] = Selector,
        ["apps:StatefulSet"] = StatefulSet,
        ["batch:Job"] = Job,
        ["core:ConfigMap"] = ["binaryData", "data"],
        ["core:Secret"] = ["type", "stringData", "data"],
        ["core:PersistentVolume"] = [.. VolumeSources.Select(field => $"spec.{field}")],
        // Not `spec` as a whole: of a bound claim the request may grow
        ["core:PersistentVolumeClaim"] = ["spec.accessModes", "spec.selector", "spec.storageClassName", "spec.volumeName"],
        ["core:Pod"] = [.. PodFields.Select(field => $"spec.{field}"),
            .. ContainerFields.SelectMany(field => new[] { $"spec.containers[*].{field}", $"spec.initContainers[*].{field}" })],
        ["core:ResourceQuota"] = ["spec.scopes"],
        ["core:Service"] = ["spec.clusterIP"],
        // Of this version only
        ["policy/v1beta1:PodDisruptionBudget"] = ["spec"],
        ["rbac.authorization.k8s.io:ClusterRoleBinding"] = ["roleRef"],
        ["rbac.authorization.k8s.io:RoleBinding"] = ["roleRef"],
        ["storage.k8s.io:StorageClass"] = ["parameters", "provisioner"],
    }.ToFrozenDictionary(entry => entry.Key, entry => Paths([.. Everywhere, .. entry.Value]), StringComparer.Ordinal);

    private static readonly ImmutableArray<PropertyPath> Metadata = Paths(Everywhere);

    private static readonly ImmutableArray<PropertyPath> TypeOnly = Paths([.. Everywhere, "type"]);

    /// <summary>What changes, by path.</summary>
    /// <param name="type">The type token: <c>kubernetes:apps/v1:Deployment</c>.</param>
    /// <param name="old">The inputs so far.</param>
    /// <param name="new">The inputs to come.</param>
    /// <param name="provider">The provider's configuration, by which Secrets and ConfigMaps may change in place.</param>
    public static ImmutableSortedDictionary<string, PropertyDifference> Compare(string type, PropertyMap old, PropertyMap @new, PropertyMap provider)
    {
        var changes = Differ.Compare(old, Unfolded(old, @new), inputs: false);
        if (changes.IsEmpty)
        {
            return changes;
        }
        var replacing = Replacing(type, @new, provider);
        return Differ.Replacing(changes, path => replacing.Any(field => field.Contains(path)));
    }

    /// <summary>The fields of a type whose change makes a new object.</summary>
    internal static ImmutableArray<PropertyPath> Replacing(string type, PropertyMap inputs, PropertyMap provider)
    {
        var mutable = type switch
        {
            "kubernetes:core/v1:ConfigMap" => provider.OpenText("enableConfigMapMutable") == "true",
            "kubernetes:core/v1:Secret" => provider.OpenText("enableSecretMutable") == "true",
            _ => false,
        };
        if (mutable && !inputs.Flag("immutable", otherwise: false))
        {
            return type.EndsWith(":Secret", StringComparison.Ordinal) ? TypeOnly : Metadata;
        }
        var parts = type.Split(':');
        // A patch is never replaced but for another name: the object that it changes is another's
        return parts.Length == 3 && !parts[2].EndsWith("Patch", StringComparison.Ordinal)
            ? Immutable.GetValueOrDefault($"{parts[1]}:{parts[2]}") is { IsDefault: false } fields ? fields
            : Immutable.GetValueOrDefault($"{parts[1].Split('/')[0]}:{parts[2]}", Metadata) : Metadata;
    }

    // A whole field that is unknown is a field whose members are unknown: the API server's patch takes each of them away
    private static PropertyMap Unfolded(PropertyMap old, PropertyMap @new) => old.Aggregate(@new, (all, field) =>
        Differ.Opened(all.Find(field.Key)) is UnknownProperty && Differ.Opened(field.Value) is ObjectProperty
            ? all.With(field.Key, new ObjectProperty(PropertyMap.Empty)) : all);

    private static ImmutableArray<PropertyPath> Paths(IEnumerable<string> paths) => [.. paths.Select(path => PropertyPath.Parse(path)!)];
}
