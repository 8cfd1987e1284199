namespace Infra.Iam;

/// <summary>How pods of an EKS cluster come by an IAM role.</summary>
public enum WorkloadIdentity
{
    /// <summary>EKS Pod Identity: an association in the EKS API; pods that run already do not pick it up.</summary>
    PodIdentity,

    /// <summary>IAM roles for service accounts: an annotation on the service account and the cluster's IAM OIDC provider.</summary>
    Irsa,
}
