using Infra.Clusters;

namespace Infra.Scaling;

/// <summary>Where the Cluster Autoscaler comes from.</summary>
public static class ClusterAutoscalerChart
{
    public const string Repository = "https://kubernetes.github.io/autoscaler";

    public const string Name = "cluster-autoscaler";

    /// <summary>Newest chart in the stored sources (August 2026); it installs any autoscaler image of the last releases.</summary>
    public const string Version = "9.59.0";

    /// <summary>Last patch release for each Kubernetes version (kops, August 2026): the autoscaler simulates the scheduler of its own minor version.</summary>
    public static string ImageTag(EksVersion version) => version.Name switch
    {
        "1.32" => "v1.32.7",
        "1.33" => "v1.33.5",
        "1.34" => "v1.34.4",
        "1.35" => "v1.35.1",
        "1.36" => "v1.36.1",
        _ => throw new ArgumentOutOfRangeException(nameof(version), version.Name, "There is no Cluster Autoscaler for this Kubernetes version in the table."),
    };
}
