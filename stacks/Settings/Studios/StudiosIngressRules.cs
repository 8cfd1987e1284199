using Infra.Dns;
using Infra.Routing;
using Infra.Studios;
using Stacks.Settings.Problems;

namespace Stacks.Settings;

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
