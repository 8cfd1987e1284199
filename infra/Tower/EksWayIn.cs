namespace Infra.Tower;

/// <summary>How an EKS cluster learns who an IAM principal is.</summary>
public enum EksWayIn
{
    /// <summary>An access entry in the EKS API.</summary>
    AccessEntry,

    /// <summary>An entry of the <c>aws-auth</c> config map.</summary>
    AwsAuth,
}
