using Stacks.Settings.Declaring;
using Stacks.Settings.Rules;

namespace Stacks.Settings;

/// <summary>An Application Load Balancer of Google Cloud.</summary>
public sealed record GceIngressSettings
{
    [Setting("Name of a reserved global address.", Absent = "an address that changes with the Ingress", Example = "studios")]
    [Length(1, 63)]
    public string? StaticAddress { get; init; }

    [Setting("Path that must answer 200. The vendor publishes none.")]
    [AbsolutePath]
    public string HealthCheckPath { get; init; } = "/";

    [Setting("Name of a ManagedCertificate object in the namespace. It cannot hold a wildcard.", Absent = "certificates has them", Example = "studios")]
    [KubernetesSubdomain]
    public string? ManagedCertificate { get; init; }
}
