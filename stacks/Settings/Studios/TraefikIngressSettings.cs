using Stacks.Settings.Declaring;
using Stacks.Settings.Rules;

namespace Stacks.Settings;

/// <summary>Traefik with the Kubernetes Ingress provider.</summary>
public sealed record TraefikIngressSettings
{
    [Setting("IngressClass it serves.")]
    [KubernetesSubdomain]
    public string ClassName { get; init; } = "traefik";

    [Setting("Entry point with TLS. Its respondingTimeouts end long uploads and belong to Traefik's own configuration.")]
    [Length(1, 63)]
    public string EntryPoint { get; init; } = "websecure";

    [Setting("Certificate resolver of Traefik's own configuration; a wildcard needs one with a DNS challenge.", Absent = "certificates or Traefik's default store", Example = "letsencrypt")]
    [Length(1, 63)]
    public string? CertificateResolver { get; init; }
}
