using Infra.Manifests;

namespace Infra.Iam;

/// <summary>How IAM policies of Google Cloud name a Kubernetes service account of a cluster with Workload Identity.</summary>
public static class WorkloadIdentityMember
{
    /// <summary>The member that may act as an IAM service account: <c>serviceAccount:project.svc.id.goog[namespace/account]</c>.</summary>
    public static string Of(string workloadPool, string kubernetesNamespace, KubernetesName account) =>
        $"serviceAccount:{workloadPool}[{Namespace(kubernetesNamespace)}/{account}]";

    /// <summary>The same account as a principal that roles are granted to without an IAM service account between.</summary>
    public static string Principal(string projectNumber, string workloadPool, string kubernetesNamespace, KubernetesName account) =>
        $"principal://iam.googleapis.com/projects/{projectNumber}/locations/global/workloadIdentityPools/{workloadPool}/subject/ns/{Namespace(kubernetesNamespace)}/sa/{account}";

    private static string Namespace(string text) => KubernetesName.Parse(text).Text;
}
