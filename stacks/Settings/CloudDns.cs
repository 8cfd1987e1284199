using System.Collections.Immutable;
using Infra.Accounts;
using Infra.Dns;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>A zone of Cloud DNS and the Gateway or Ingress that answers at its names.</summary>
[Needs(nameof(PlatformSettings.Gcp), nameof(PlatformSettings.Cluster))]
public sealed record CloudDnsSettings : DnsSettings, IChecked, IUsesGoogleApis
{
    [Setting("Domain of the zone that holds the hosts of the platform.", Example = "example.com")]
    public override required DomainName Zone { get; init; }

    [Setting("Name of the managed zone of that domain.", Absent = "a new one", Example = "example-com")]
    [Form(Form.GcpName)]
    public string? ManagedZone { get; init; }

    [Setting(
        "Name of a managed zone in the same project that delegates the new one.",
        Absent = "the owner of the parent zone delegates it",
        Example = "example-com")]
    [Form(Form.GcpName)]
    public string? ParentManagedZone { get; init; }

    [Setting(
        "Public zone of Route 53 in the account of platform:aws that delegates the new one.",
        Absent = "the owner of the parent zone delegates it",
        Example = "example.com")]
    public DomainName? ParentRoute53Zone { get; init; }

    [Setting("What answers at the hosts of the platform.")]
    public CloudDnsWay Way { get; init; } = CloudDnsWay.Gateway;

    [Setting("Certificate of the Ingress.", Absent = "the Gateway has one that Google issues and renews")]
    public GkeIngressCertificateSettings? Certificate { get; init; }

    [Setting(
        "Path of connect-proxy that answers 200. The vendor publishes none.",
        Absent = "a Gateway asks only whether the port is open; an Ingress asks for /",
        Example = "/")]
    [Form(Form.AbsolutePath)]
    public string? HealthCheckPath { get; init; }

    [Setting(
        "Route the Platform's own host to its frontend on this cluster as well; with a Gateway only.",
        Absent = "the Platform's host keeps the record that it has")]
    public override PlatformServiceSettings? PlatformService { get; init; }

    [Setting("Further hosts of the Platform's frontend, such as its content domain.", Absent = "none", Example = "[user-data.example.com]")]
    public override ImmutableArray<DomainName> ExtraHosts { get; init; } = [];

    [Setting("How many of a hundred requests the load balancer logs; 0 for none.", Absent = "what GKE does by itself", Example = "10")]
    [Range(0, 100)]
    public int? RequestLogPercent { get; init; }

    [Setting("The security policy of Cloud Armor that sees every request before the backends.", Absent = "none")]
    public CloudArmorSettings? CloudArmor { get; init; }

    public ImmutableArray<string> GoogleApis => [GcpServices.CertificateManager, GcpServices.Dns];

    public override T Match<T>(IDnsKinds<T> kinds) => kinds.CloudDns(this);

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at) =>
        [.. ClusterRules.NeedsGke(platform, at), .. CheckParents(platform, at), .. CheckHosts(platform, at), .. CheckRouting(platform, at)];

    private IEnumerable<SettingsProblem> CheckRouting(PlatformSettings platform, SettingPath at)
    {
        if (platform.Studios?.Ingress is not null)
        {
            yield return new(
                SettingPath.Top(nameof(platform.Studios))[nameof(platform.Studios.Ingress)],
                $"is given, and {at} routes the hosts to connect-proxy already",
                "absent beside dns.cloudDns",
                "remove studios.ingress; dns.cloudDns.way chooses between Gateway and Ingress");
        }

        foreach (var problem in Way is CloudDnsWay.Gateway ? CheckGateway(at) : CheckIngress(platform, at))
        {
            yield return problem;
        }
    }

    private IEnumerable<SettingsProblem> CheckParents(PlatformSettings platform, SettingPath at)
    {
        if (ManagedZone is not null && ParentManagedZone is { } parent)
        {
            yield return new(
                at[nameof(ParentManagedZone)], "is given, and no zone is made that it could delegate", "absent beside managedZone",
                "remove parentManagedZone, or managedZone", parent);
        }

        if (ParentRoute53Zone is not { } route53)
        {
            yield break;
        }

        if (ManagedZone is not null || ParentManagedZone is not null || !Zone.IsSubdomainOf(route53))
        {
            yield return new(
                at[nameof(ParentRoute53Zone)],
                ManagedZone is null && ParentManagedZone is null ? $"is not above the zone {Zone}" : "is given, and the zone is delegated already",
                "a zone above the one that is made, and no other parent",
                "name a zone above it, or remove parentRoute53Zone",
                route53.Text);
        }

        if (platform.Aws is null)
        {
            yield return new(
                at[nameof(ParentRoute53Zone)], "lies in an AWS account, and platform:aws is missing", "platform:aws beside it",
                "add platform:aws: { region: eu-west-1 }", route53.Text);
        }
    }

    private IEnumerable<SettingsProblem> CheckGateway(SettingPath at)
    {
        if (Certificate is not null)
        {
            yield return new(
                at[nameof(Certificate)],
                "is for an Ingress, and a Gateway takes a certificate map that Google fills",
                "absent with way: gateway",
                "remove certificate, or set way: ingress");
        }
    }

    private IEnumerable<SettingsProblem> CheckIngress(PlatformSettings platform, SettingPath at)
    {
        if (Certificate is null)
        {
            yield return new(
                at[nameof(Certificate)],
                "is missing: an Ingress of GKE cannot have the certificate map of a Gateway",
                "clusterIssuer, tlsSecret or managedCertificate",
                "certificate: { clusterIssuer: letsencrypt-dns }, or way: gateway");
        }

        if (PlatformService is not null)
        {
            yield return new(
                at[nameof(PlatformService)],
                "needs a second Service behind the same address, and an Ingress of this stack has only one",
                "absent with way: ingress",
                "set way: gateway, or remove platformService");
        }

        var wildcard = (platform.Studios?.Routing as SessionRouting.Subdomain)?.Wildcard;
        if (Certificate is ManagedCertificateSettings managed && wildcard is not null)
        {
            yield return new(
                at[nameof(Certificate)]["managedCertificate"],
                $"cannot hold the wildcard {wildcard} of the sessions",
                "clusterIssuer or tlsSecret, unless studios.pathRouting is on",
                "set way: gateway and remove certificate: Google then issues one with the wildcard",
                managed.Name);
        }
    }
}

/// <summary>What answers at the hosts of the platform.</summary>
public enum CloudDnsWay
{
    /// <summary>A Gateway of GKE with a certificate map of Google's, which can hold wildcards.</summary>
    Gateway,

    /// <summary>An Ingress of GKE, with a certificate from cert-manager, a Secret, or Google's for hosts without wildcards.</summary>
    Ingress,
}

/// <summary>Where the certificate of an Ingress comes from.</summary>
[Kind<ClusterIssuerSettings>("clusterIssuer")]
[Kind<IngressTlsSecretSettings>("tlsSecret")]
[Kind<ManagedCertificateSettings>("managedCertificate")]
public abstract record GkeIngressCertificateSettings
{
    private protected GkeIngressCertificateSettings()
    {
    }
}

/// <summary>A certificate that cert-manager issues.</summary>
public sealed record ClusterIssuerSettings : GkeIngressCertificateSettings
{
    [Setting("ClusterIssuer of cert-manager on the cluster; for the session wildcard it needs a DNS-01 solver.", Example = "letsencrypt-dns")]
    [Form(Form.KubernetesSubdomain)]
    public required string Name { get; init; }
}

/// <summary>A certificate in a Secret.</summary>
public sealed record IngressTlsSecretSettings : GkeIngressCertificateSettings
{
    [Setting("Secret of type kubernetes.io/tls in the Platform's namespace, with a certificate for every host.", Example = "studios-tls")]
    [Form(Form.KubernetesSubdomain)]
    public required string Name { get; init; }
}

/// <summary>A certificate that Google issues.</summary>
public sealed record ManagedCertificateSettings : GkeIngressCertificateSettings
{
    [Setting("Name of a ManagedCertificate that this stack makes. It cannot hold the session wildcard.", Example = "studios")]
    [Form(Form.KubernetesSubdomain)]
    public required string Name { get; init; }
}
