using Stacks.Settings.Declaring;
using Stacks.Settings.Rules;

namespace Stacks.Settings;

/// <summary>The retired ingress-nginx.</summary>
public sealed record NginxIngressSettings
{
    [Setting("IngressClass it serves.")]
    [KubernetesSubdomain]
    public string ClassName { get; init; } = "nginx";

    [Setting("ClusterIssuer of cert-manager; a wildcard needs one with a DNS-01 solver.", Absent = "certificates has them", Example = "letsencrypt")]
    [KubernetesSubdomain]
    public string? ClusterIssuer { get; init; }
}
