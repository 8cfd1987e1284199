namespace Infra.Clusters;

/// <summary>Which kind of cluster it is, in the words of whoever runs its control plane.</summary>
public enum ClusterKind
{
    /// <summary>Any conformant cluster that is reached with a kubeconfig and nothing else.</summary>
    Kubernetes,

    /// <summary>Amazon Elastic Kubernetes Service.</summary>
    Eks,

    /// <summary>Google Kubernetes Engine.</summary>
    Gke,
}
