using Stacks.Settings.Declaring;
using Stacks.Settings.Rules;

namespace Stacks.Settings;

/// <summary>Where the certificate of an Ingress comes from.</summary>
[ExactlyOne(nameof(ClusterIssuer), nameof(TlsSecret), nameof(ManagedCertificate))]
public sealed record GkeIngressCertificateSettings
{
    [Setting("ClusterIssuer of cert-manager on the cluster; for the session wildcard it needs a DNS-01 solver.", Example = "letsencrypt-dns")]
    [KubernetesSubdomain]
    public string? ClusterIssuer { get; init; }

    [Setting("Secret of type kubernetes.io/tls in the Platform's namespace, with a certificate for every host.", Example = "studios-tls")]
    [KubernetesSubdomain]
    public string? TlsSecret { get; init; }

    [Setting("Name of a ManagedCertificate that this stack makes. It cannot hold the session wildcard.", Example = "studios")]
    [KubernetesSubdomain]
    public string? ManagedCertificate { get; init; }
}
