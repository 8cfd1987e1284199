using System.Collections.Immutable;
using Infra.Dns;
using Infra.Routing;
using Infra.Studios;
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

/// <summary>An Application Load Balancer.</summary>
public sealed record AlbIngressSettings
{
    [Setting("Reachable inside the VPC only.")]
    public bool Internal { get; init; }

    [Setting("How it reaches the pods: by their addresses, which needs the Amazon VPC CNI, or by node ports.")]
    public AlbTargetType TargetType { get; init; } = AlbTargetType.Ip;

    [Setting("Name that all Ingresses of one balancer share; give the Platform's to share its balancer.")]
    [Length(1, 63)]
    public string Group { get; init; } = "studio-platform";

    [Setting("Order of the Platform's own Ingress in the group; Ingresses without an order have 0.")]
    [Range(-1000, 1000)]
    public int PlatformOrder { get; init; }

    [Setting("Security policy of the HTTPS listener.")]
    [Length(1, 64)]
    public string SslPolicy { get; init; } = IngressController.Alb.DefaultSslPolicy;

    [Setting("Path that the balancer asks whether a pod is well.")]
    [AbsolutePath]
    public string HealthCheckPath { get; init; } = "/";

    [Setting("Answers that count as well. The vendor publishes no path that answers 200.")]
    [Length(3, 64)]
    public string HealthySuccessCodes { get; init; } = IngressController.Alb.AnyAnswer;
}

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

/// <summary>A certificate that exists, and the names on it.</summary>
[ExactlyOne(nameof(Arn), nameof(TlsSecret), nameof(PreShared))]
public sealed record CertificateSettings
{
    [Setting("Names it is good for, wildcards included.", Example = "[example.com, '*.example.com']")]
    public required ImmutableArray<DomainName> Names { get; init; }

    [Setting("ARN in AWS Certificate Manager, for alb.", Example = "arn:aws:acm:eu-central-1:123456789012:certificate/0f1e2d3c")]
    [Length(20, 2048)]
    public string? Arn { get; init; }

    [Setting("Secret of type kubernetes.io/tls in the namespace.", Example = "studios-tls")]
    [KubernetesSubdomain]
    public string? TlsSecret { get; init; }

    [Setting("Name of a Google Cloud SSL certificate, for gce.", Example = "studios")]
    [Length(1, 63)]
    public string? PreShared { get; init; }
}

/// <summary>Which certificates and orders lead every host to the right place.</summary>
internal static class StudiosIngressRules
{
    public static IEnumerable<SettingsProblem> Check(StudiosSettings settings, PlatformSettings platform, SettingPath at)
    {
        if (settings.Ingress is not { } ingress || !DomainName.TryParse(settings.ConnectUrl.Host, out var connect) || connect!.Labels.Count < StudiosAddress.FewestLabels)
        {
            return [];
        }

        var wildcard = settings.PathRouting
            ? null
            : settings.SessionWildcard ?? ((SessionRouting.Subdomain)SessionRouting.BesideConnect(connect)).Wildcard;
        var here = at[nameof(settings.Ingress)];
        return [.. CheckWildcard(ingress, wildcard, here), .. CheckKinds(ingress, here), .. platform.Dns is null ? CheckCoverage(ingress, wildcard is null ? [connect] : [connect, wildcard], here) : []];
    }

    private static IEnumerable<SettingsProblem> CheckWildcard(StudiosIngressSettings ingress, DomainName? wildcard, SettingPath here)
    {
        if (wildcard is null)
        {
            yield break;
        }

        if (ingress.Gce?.ManagedCertificate is { } managed)
        {
            yield return new(
                here[nameof(ingress.Gce)][nameof(ingress.Gce.ManagedCertificate)],
                $"cannot hold the wildcard {wildcard} of the sessions",
                "absent, unless pathRouting is on",
                "give the certificate in ingress.certificates as preShared or tlsSecret, or set pathRouting: true",
                managed);
        }

        if (ingress.Alb is { } alb && alb.PlatformOrder >= AlbRouting.WildcardOrder)
        {
            yield return new(
                here[nameof(ingress.Alb)][nameof(ingress.Alb.PlatformOrder)],
                $"is not before {AlbRouting.WildcardOrder}, the order of the wildcard {wildcard}, which would take the Platform's requests",
                $"-1000 to {AlbRouting.WildcardOrder - 1}",
                "give the Platform's Ingress a lower group.order, and the same number here",
                alb.PlatformOrder.ToString());
        }
    }

    private static IEnumerable<SettingsProblem> CheckKinds(StudiosIngressSettings ingress, SettingPath here)
    {
        foreach (var (index, certificate) in ingress.Certificates.Index())
        {
            var place = here[nameof(ingress.Certificates)][index];
            if (certificate.Arn is { } arn && ingress.Alb is null)
            {
                yield return new(place[nameof(certificate.Arn)], "is for alb only", "tlsSecret, or preShared with gce", "give the certificate in a form that the controller takes", arn);
            }

            if (certificate.PreShared is { } preShared && ingress.Gce is null)
            {
                yield return new(place[nameof(certificate.PreShared)], "is for gce only", "arn with alb, tlsSecret with others", "give the certificate in a form that the controller takes", preShared);
            }

            if (certificate.TlsSecret is { } secret && ingress.Alb is not null)
            {
                yield return new(place[nameof(certificate.TlsSecret)], "is not for alb, which takes certificates from AWS Certificate Manager only", "arn", "import the certificate and give its arn", secret);
            }
        }
    }

    private static IEnumerable<SettingsProblem> CheckCoverage(StudiosIngressSettings ingress, IReadOnlyList<DomainName> hosts, SettingPath here)
    {
        // These have certificates that no setting knows the names of.
        if (ingress is { Gce.ManagedCertificate: not null } or { Nginx.ClusterIssuer: not null } or { Traefik.CertificateResolver: not null }
            || (ingress.Traefik is not null && ingress.Certificates.IsEmpty))
        {
            yield break;
        }

        foreach (var host in hosts.Where(host => !ingress.Certificates.Any(certificate => certificate.Names.Any(name => name.Covers(host)))))
        {
            yield return new(
                here[nameof(ingress.Certificates)],
                $"has none for {host}",
                "one or more certificates that together cover every host",
                $"add a certificate whose names have {host}, beside the ones that are there",
                ingress.Certificates.IsEmpty ? "[]" : string.Join(", ", ingress.Certificates.SelectMany(certificate => certificate.Names)));
        }
    }
}
