using Pulumi;

namespace Infra.Tower;

/// <summary>What the pods of pipelines may reach.</summary>
public sealed class PipelineIsolationArgs : ResourceArgs
{
    public required Input<string> Namespace { get; init; }

    /// <summary>
    /// Let pods ask the metadata service at its link-local address. Default false: there it hands out the credentials of the node.
    /// True on GKE, where Workload Identity answers at the same address for the pod alone.
    /// </summary>
    public bool MetadataServiceAllowed { get; init; }
}
