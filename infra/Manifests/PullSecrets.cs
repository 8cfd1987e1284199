using System.Collections.Immutable;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Manifests;

/// <summary>The Secrets with which a node pulls a pod's images.</summary>
internal static class PullSecrets
{
    /// <summary>Names them in the pod; a pod without any does not mention them.</summary>
    public static void Add(PodSpecArgs pod, ImmutableArray<string> names)
    {
        foreach (var name in names)
        {
            pod.ImagePullSecrets.Add(new LocalObjectReferenceArgs { Name = name });
        }
    }
}
