namespace Rehearsal.Functions;

/// <summary>Kubernetes versions that both clouds offered in August 2026 (facts of the release calendars of EKS and GKE), newest first.</summary>
internal static class KubernetesVersions
{
    public static readonly IReadOnlyList<string> Offered = ["1.35", "1.34", "1.33"];

    public static string Default => Offered[0];
}
