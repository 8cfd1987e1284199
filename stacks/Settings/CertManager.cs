using System.Collections.Immutable;
using Infra.Accounts;
using Infra.Dns;
using Infra.Iam;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>What issues the certificates of Ingresses.</summary>
[Kind<InstalledCertManagerSettings>("install", "This stack installs cert-manager, with one ClusterIssuer of Let's Encrypt.")]
[Kind<ExistingCertManagerSettings>("existing", "Others look after cert-manager and its ClusterIssuers.")]
public abstract record CertManagerSettings
{
    private protected CertManagerSettings()
    {
    }

    /// <summary>The ClusterIssuers that there are, as far as the stack file says.</summary>
    public abstract ImmutableArray<string> Issuers { get; }
}

/// <summary>ClusterIssuers that exist.</summary>
public sealed record ExistingCertManagerSettings : CertManagerSettings, IChecked
{
    [Setting("ClusterIssuers on the cluster.", Example = "[letsencrypt-dns]")]
    [Form(Form.KubernetesSubdomain)]
    [Fewest(1)]
    public required ImmutableArray<string> ClusterIssuers { get; init; }

    public override ImmutableArray<string> Issuers => ClusterIssuers;

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at) => ClusterIssuers.IsEmpty
        ? [new(at[nameof(ClusterIssuers)], "is empty", "one ClusterIssuer or more", "clusterIssuers: [letsencrypt], or remove platform:certManager")]
        : [];
}

/// <summary>cert-manager that this stack installs.</summary>
[Needs(nameof(PlatformSettings.Cluster))]
public sealed record InstalledCertManagerSettings : CertManagerSettings, IUsesGoogleApis
{
    [Setting("Address to which Let's Encrypt writes about certificates that nobody renews.", Example = "platform@example.com")]
    [Form(Form.EmailAddress)]
    public required string Email { get; init; }

    [Setting("Name of the ClusterIssuer, which settings of Ingresses refer to.")]
    [Form(Form.KubernetesSubdomain)]
    public string Issuer { get; init; } = CertManagerArgs.DefaultIssuerName;

    [Setting("Server of Let's Encrypt: staging has generous limits and certificates that no browser trusts.")]
    public AcmeServerName Server { get; init; } = AcmeServerName.Production;

    [Setting("Leave the definitions of cert-manager, and with them every Certificate on the cluster, when the stack is destroyed.")]
    public bool KeepDefinitions { get; init; } = CertManagerArgs.DefaultKeepDefinitions;

    [Setting("How Let's Encrypt is shown that the names are yours.")]
    public required AcmeSolverSettings Solver { get; init; }

    public override ImmutableArray<string> Issuers => [Issuer];

    public ImmutableArray<string> GoogleApis => Solver is CloudDnsSolverSettings ? [GcpServices.Dns] : [];
}

/// <summary>The servers of Let's Encrypt.</summary>
public enum AcmeServerName
{
    /// <summary>Certificates that browsers trust.</summary>
    Production,

    /// <summary>Certificates to try things out with.</summary>
    Staging,
}

/// <summary>How a name is proven.</summary>
[Kind<Route53SolverSettings>("route53", "By records in a zone of Route 53 (DNS-01), from an EKS cluster; for wildcards too.")]
[Kind<CloudDnsSolverSettings>("cloudDns", "By records in a zone of Cloud DNS (DNS-01), from a GKE cluster; for wildcards too.")]
[Kind<Http01SolverSettings>("http01", "By answers of the ingress controller on port 80 of each host (HTTP-01); for no wildcard.")]
public abstract record AcmeSolverSettings
{
    private protected AcmeSolverSettings()
    {
    }

    /// <summary>Whether it proves wildcards.</summary>
    public bool ProvesWildcards => this is not Http01SolverSettings;
}

/// <summary>DNS-01 in Route 53.</summary>
[Needs(nameof(PlatformSettings.Aws), nameof(PlatformSettings.Cluster))]
public sealed record Route53SolverSettings : AcmeSolverSettings, IChecked
{
    [Setting("Public zone in the account of platform:aws.", Absent = "that of dns.route53", Example = "example.com")]
    public DomainName? Zone { get; init; }

    [Setting("How cert-manager comes by its IAM role: Pod Identity needs the agent on the nodes, IRSA an OIDC provider.")]
    public WorkloadIdentity Identity { get; init; } = WorkloadIdentity.PodIdentity;

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at) =>
    [
        .. ClusterRules.NeedsEks(platform, at),
        .. ZoneRules.NeedsZone(Zone is not null || platform.Dns is Route53Settings, "dns.route53", "zone: example.com", at),
    ];
}

/// <summary>DNS-01 in Cloud DNS.</summary>
[Needs(nameof(PlatformSettings.Gcp), nameof(PlatformSettings.Cluster))]
public sealed record CloudDnsSolverSettings : AcmeSolverSettings, IChecked
{
    [Setting("Name of a public managed zone in the project of platform:gcp.", Absent = "that of dns.cloudDns", Example = "example-com")]
    [Form(Form.GcpName)]
    public string? ManagedZone { get; init; }

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at) =>
    [
        .. ClusterRules.NeedsGke(platform, at),
        .. ZoneRules.NeedsZone(ManagedZone is not null || platform.Dns is CloudDnsSettings, "dns.cloudDns", "managedZone: example-com", at),
    ];
}

/// <summary>HTTP-01 through an ingress controller.</summary>
public sealed record Http01SolverSettings : AcmeSolverSettings
{
    [Setting("IngressClass of the controller that answers at the hosts.", Example = "nginx")]
    [Form(Form.KubernetesSubdomain)]
    public required string IngressClass { get; init; }
}

/// <summary>What controllers that write into a zone have in common.</summary>
internal static class ZoneRules
{
    public static IEnumerable<SettingsProblem> NeedsZone(bool isKnown, string concept, string line, SettingPath at) => isKnown
        ? []
        :
        [
            new(at, $"does not say which zone, and there is no {concept} whose zone it could be", $"a zone here, or {concept} in this stack", $"add {line}"),
        ];
}
