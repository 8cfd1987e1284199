namespace Infra.Clusters;

/// <summary>Where an EKS cluster looks up who an IAM principal is. The way from the config map to the API cannot be gone back.</summary>
public enum EksAuthenticationMode
{
    /// <summary>Access entries only.</summary>
    Api,

    /// <summary>Access entries, and the <c>aws-auth</c> config map for tools that still write it.</summary>
    ApiAndConfigMap,

    /// <summary>The <c>aws-auth</c> config map only: older clusters, which are adopted but not made here.</summary>
    ConfigMap,
}
