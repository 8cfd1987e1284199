using System.Collections.Immutable;
using Infra.Dns;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>A zone of Cloud DNS and what leads its names to the cluster.</summary>
[Needs(nameof(PlatformSettings.Gcp), nameof(PlatformSettings.Cluster), nameof(PlatformSettings.Studios))]
public sealed record CloudDnsSettings : IChecked
{
    [Setting("Domain of the zone that holds the hosts of the platform.", Example = "example.com")]
    public required DomainName Zone { get; init; }

    [Setting("Name of the managed zone of that domain.", Absent = "a new one", Example = "example-com")]
    [GcpName]
    public string? ManagedZone { get; init; }

    [Setting("Name of a managed zone in the same project that delegates the new one.", Absent = "whoever owns the parent delegates it", Example = "example-com")]
    [GcpName]
    public string? ParentManagedZone { get; init; }

    [Setting("Public zone of Route 53 in the account of platform:aws that delegates the new one.", Absent = "whoever owns the parent delegates it", Example = "example.com")]
    public DomainName? ParentRoute53Zone { get; init; }

    [Setting("What leads the hosts to the cluster.")]
    public CloudDnsWay Way { get; init; } = CloudDnsWay.Gateway;

    [Setting("Certificate of the Ingress.", Absent = "the Gateway has one that Google issues and renews")]
    public GkeIngressCertificateSettings? Certificate { get; init; }

    [Setting("Path of connect-proxy that answers 200. The vendor publishes none.", Absent = "a Gateway asks only whether the port is open; an Ingress asks for /", Example = "/")]
    [AbsolutePath]
    public string? HealthCheckPath { get; init; }

    [Setting("Lead the Platform's own host to its frontend on this cluster, too; with a Gateway only.", Absent = "the Platform's host leads wherever it leads already")]
    public PlatformServiceSettings? PlatformService { get; init; }

    [Setting("Further hosts of the Platform's frontend, such as its content domain.", Absent = "none", Example = "[user-data.example.com]")]
    public ImmutableArray<DomainName> ExtraHosts { get; init; } = [];

    /// <summary>The hosts that this zone serves; null while the hosts of Studios are malformed.</summary>
    public PlatformHosts? HostsOf(StudiosSettings studios) => StudiosHosts.Of(studios, ExtraHosts);

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at) =>
    [
        .. GkeClusterRule.Broken(platform, at) is { } problem ? [problem] : Array.Empty<SettingsProblem>(),
        .. CloudDnsZoneRules.Check(this, platform, at),
        .. CloudDnsWayRules.Check(this, platform, at),
    ];
}

/// <summary>What leads the hosts to the cluster.</summary>
public enum CloudDnsWay
{
    /// <summary>A Gateway of GKE with a certificate map of Google's, which can hold wildcards.</summary>
    Gateway,

    /// <summary>An Ingress of GKE, with a certificate from cert-manager, a Secret, or Google's for hosts without wildcards.</summary>
    Ingress,
}

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

/// <summary>Which zone holds the hosts, and who delegates it.</summary>
internal static class CloudDnsZoneRules
{
    public static IEnumerable<SettingsProblem> Check(CloudDnsSettings settings, PlatformSettings platform, SettingPath at) =>
        [.. CheckParents(settings, platform, at), .. CheckHosts(settings, platform, at)];

    private static IEnumerable<SettingsProblem> CheckParents(CloudDnsSettings settings, PlatformSettings platform, SettingPath at)
    {
        if (settings.ManagedZone is not null && settings.ParentManagedZone is { } parent)
        {
            yield return new(
                at[nameof(settings.ParentManagedZone)], "is given, and no zone is made that it could delegate", "absent beside managedZone", "remove parentManagedZone, or managedZone", parent);
        }

        if (settings.ParentRoute53Zone is not { } route53)
        {
            yield break;
        }

        if (settings.ManagedZone is not null || settings.ParentManagedZone is not null || !settings.Zone.IsSubdomainOf(route53))
        {
            yield return new(
                at[nameof(settings.ParentRoute53Zone)],
                settings.ManagedZone is null && settings.ParentManagedZone is null ? $"is not above the zone {settings.Zone}" : "is given, and the zone is delegated already",
                "a zone above the one that is made, and no other parent",
                "name a zone above it, or remove parentRoute53Zone",
                route53.Text);
        }

        if (platform.Aws is null)
        {
            yield return new(
                at[nameof(settings.ParentRoute53Zone)], "lies in an AWS account, and platform:aws is missing", "platform:aws beside it", "add platform:aws: { region: eu-west-1 }", route53.Text);
        }
    }

    private static IEnumerable<SettingsProblem> CheckHosts(CloudDnsSettings settings, PlatformSettings platform, SettingPath at)
    {
        var hosts = platform.Studios is { } studios ? settings.HostsOf(studios)?.All ?? [] : settings.ExtraHosts;
        foreach (var host in hosts.Where(host => host != settings.Zone && !host.IsSubdomainOf(settings.Zone)))
        {
            yield return new(
                at[nameof(settings.Zone)], $"does not hold {host}", "a zone at or above every host of the platform", $"zone: {(host.Labels.Count > 2 ? host.Parent() : host)}, or other hosts", settings.Zone.Text);
        }

        if (!settings.ExtraHosts.IsEmpty && settings.PlatformService is null)
        {
            yield return new(
                at[nameof(settings.ExtraHosts)],
                "are hosts of the Platform's frontend, and platformService does not say where that is",
                "no further hosts, or platformService beside them",
                "platformService: {}",
                string.Join(", ", settings.ExtraHosts));
        }
    }
}

/// <summary>Which certificate goes with which way to the cluster.</summary>
internal static class CloudDnsWayRules
{
    public static IEnumerable<SettingsProblem> Check(CloudDnsSettings settings, PlatformSettings platform, SettingPath at)
    {
        if (platform.Studios?.Ingress is not null)
        {
            yield return new(
                SettingPath.Top(nameof(platform.Studios))[nameof(platform.Studios.Ingress)],
                $"is given, and {at} leads the hosts to connect-proxy already",
                "absent beside dns.cloudDns",
                "remove studios.ingress; dns.cloudDns.way chooses between Gateway and Ingress");
        }

        foreach (var problem in settings.Way is CloudDnsWay.Gateway ? CheckGateway(settings, at) : CheckIngress(settings, platform, at))
        {
            yield return problem;
        }
    }

    private static IEnumerable<SettingsProblem> CheckGateway(CloudDnsSettings settings, SettingPath at)
    {
        if (settings.Certificate is not null)
        {
            yield return new(
                at[nameof(settings.Certificate)], "is for an Ingress, and a Gateway takes a certificate map that Google fills", "absent with way: gateway", "remove certificate, or set way: ingress");
        }
    }

    private static IEnumerable<SettingsProblem> CheckIngress(CloudDnsSettings settings, PlatformSettings platform, SettingPath at)
    {
        if (settings.Certificate is null)
        {
            yield return new(
                at[nameof(settings.Certificate)],
                "is missing: an Ingress of GKE cannot have the certificate map of a Gateway",
                "clusterIssuer, tlsSecret or managedCertificate",
                "certificate: { clusterIssuer: letsencrypt-dns }, or way: gateway");
        }

        if (settings.PlatformService is not null)
        {
            yield return new(
                at[nameof(settings.PlatformService)], "needs a second Service behind the same address, which an Ingress of this stack has not", "absent with way: ingress", "set way: gateway, or remove platformService");
        }

        var wildcard = platform.Studios is { } studios ? (settings.HostsOf(studios)?.Sessions as SessionRouting.Subdomain)?.Wildcard : null;
        if (settings.Certificate?.ManagedCertificate is { } managed && wildcard is not null)
        {
            yield return new(
                at[nameof(settings.Certificate)][nameof(settings.Certificate.ManagedCertificate)],
                $"cannot hold the wildcard {wildcard} of the sessions",
                "clusterIssuer or tlsSecret, unless studios.pathRouting is on",
                "set way: gateway and remove certificate: Google then issues one with the wildcard",
                managed);
        }
    }
}
