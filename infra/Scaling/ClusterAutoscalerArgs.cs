using Infra.Clusters;
using Pulumi;

namespace Infra.Scaling;

/// <summary>Which cluster is scaled.</summary>
public sealed class ClusterAutoscalerArgs : ResourceArgs
{
    public required IEksCluster Cluster { get; init; }

    /// <summary>Kubernetes version: the autoscaler simulates the scheduler of the same minor version.</summary>
    public required EksVersion Version { get; init; }
}
