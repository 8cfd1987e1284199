using Infra.Manifests;
using Pulumi;
using Pulumi.Kubernetes.Types.Outputs.Apps.V1;
using Pulumi.Kubernetes.Types.Outputs.Meta.V1;

namespace Infra.Cache;

/// <summary>What may never change of a StatefulSet that holds data: another name, namespace or claim would be another, empty server.</summary>
/// <remarks>
/// The engine ignores another value of these fields, so that no deployment replaces the server, whatever its options; the object that it gives back then says
/// what there is, and a program that wants something else is refused with what to do, in the preview already.
/// </remarks>
internal static class RedisData
{
    /// <summary>The fields; Kubernetes and Pulumi would replace the StatefulSet for each of them.</summary>
    public static List<string> Kept => ["metadata.name", "metadata.namespace", "spec.serviceName", "spec.volumeClaimTemplates"];

    /// <summary>The name of the server, if it is the one that was asked for.</summary>
    public static string RequireName(ObjectMeta made, KubernetesName name, string namespaceName)
    {
        if (made.Namespace != namespaceName)
        {
            throw new RunException(
                $"StatefulSet {made.Namespace}/{made.Name} holds the data of Redis, and it cannot move to the namespace '{namespaceName}', "
                    + $"where it would be empty: set studios.platform.namespace: {made.Namespace}.");
        }

        return made.Name == name.Text
            ? made.Name
            : throw new RunException(
                $"StatefulSet {made.Namespace}/{made.Name} holds the data of Redis, and it cannot be renamed to '{name}', where it would be empty: "
                    + $"set redis.inCluster.name: {made.Name}.");
    }

    /// <summary>The size of the disk, if it and its class are what was asked for.</summary>
    public static string RequireDisk(StatefulSetSpec made, RedisArgs args, string namespaceName, string name)
    {
        var disk = made.VolumeClaimTemplates[0].Spec;
        var size = disk.Resources.Requests["storage"];
        if (!args.StorageSize.Means(size))
        {
            throw new RunException(
                $"The disk of StatefulSet {namespaceName}/{name} has {size}, and the claims of a StatefulSet cannot be changed to {args.StorageSize}: set "
                    + $"redis.inCluster.persistence.size: {size}. To give the server more, leave the setting and grow its claim, if the class lets it: "
                    + $"kubectl --namespace {namespaceName} patch persistentvolumeclaim {RedisPod.DataVolume}-{name}-0 --patch "
                    + "'{\"spec\": {\"resources\": {\"requests\": {\"storage\": \"" + args.StorageSize.Text + "\"}}}}'");
        }

        if (args.StorageClassName is null || disk.StorageClassName == args.StorageClassName)
        {
            return size;
        }

        var (of, fix) = disk.StorageClassName is { } kept
            ? ($"the class {kept}", $"set redis.inCluster.persistence.storageClassName: {kept}.")
            : ("the cluster's default class", "remove redis.inCluster.persistence.storageClassName.");
        throw new RunException(
            $"The disk of StatefulSet {namespaceName}/{name} is of {of}, and its claims cannot be changed to the class {args.StorageClassName}: {fix}");
    }
}
