using System.Collections.Immutable;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>The ingress controller that leads the hosts to connect-proxy.</summary>
[ExactlyOne(nameof(Alb), nameof(Gce), nameof(Traefik), nameof(Nginx))]
public sealed record StudiosIngressSettings
{
    [Setting("The AWS Load Balancer Controller.")]
    public AlbIngressSettings? Alb { get; init; }

    [Setting("The GKE Ingress controller.")]
    public GceIngressSettings? Gce { get; init; }

    [Setting("Traefik.")]
    public TraefikIngressSettings? Traefik { get; init; }

    [Setting("The retired ingress-nginx, for clusters that still have it.")]
    public NginxIngressSettings? Nginx { get; init; }

    [Setting("Certificates of the hosts. Each Ingress takes the ones that cover it, so that a second one may hold the wildcard.", Absent = "the controller has them")]
    public ImmutableArray<CertificateSettings> Certificates { get; init; } = [];
}
