using System.Collections.Immutable;
using Infra.Accounts;
using Infra.Dns;
using Infra.Iam;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>external-dns, and the zone that it writes into.</summary>
[Kind<Route53RecordsSettings>("route53", "A zone of Route 53, from an EKS cluster.")]
[Kind<CloudDnsRecordsSettings>("cloudDns", "A zone of Cloud DNS, from a GKE cluster of the same project.")]
public abstract record ExternalDnsSettings
{
    private protected ExternalDnsSettings()
    {
    }

    [Setting("Domains at and below which it keeps records; none that holds a host whose record this stack makes.", Example = "[apps.example.com]")]
    [Fewest(1)]
    public required ImmutableArray<DomainName> Domains { get; init; }

    [Setting("What happens to a record whose host is gone: upsertOnly leaves it, sync deletes it.")]
    public ExternalDnsPolicy Policy { get; init; } = ExternalDnsArgs.DefaultPolicy;

    [Setting(
        "What its records are marked with; it touches none with another mark. Another mark leaves the records of the old one behind.",
        Absent = "studio- and the name of the stack",
        Example = "studio-prod")]
    [Form(Form.KubernetesLabelValue)]
    public string? Owner { get; init; }

    // They stand beside the key of the kind.
    private protected static SettingPath Here => SettingPath.Top(nameof(PlatformSettings.ExternalDns))[nameof(Domains)];

    private protected IEnumerable<SettingsProblem> CheckDomains()
    {
        if (Domains.IsEmpty)
        {
            yield return new(
                Here, "is empty, and external-dns would write every host into every zone", "one domain or more", "domains: [apps.example.com]");
        }

        foreach (var (index, domain) in Domains.Index().Where(entry => entry.Item.IsWildcard))
        {
            yield return new(
                Here[index], "is a wildcard, and a domain holds every name below it", "a domain without *", $"{domain.Parent()}", domain.Text);
        }
    }
}

/// <summary>Records in Route 53.</summary>
[Needs(nameof(PlatformSettings.Aws), nameof(PlatformSettings.Cluster))]
public sealed record Route53RecordsSettings : ExternalDnsSettings, IChecked
{
    [Setting("Public zone in the account of platform:aws.", Absent = "that of dns.route53", Example = "example.com")]
    public DomainName? Zone { get; init; }

    [Setting("How external-dns comes by its IAM role: Pod Identity needs the agent on the nodes, IRSA an OIDC provider.")]
    public WorkloadIdentity Identity { get; init; } = WorkloadIdentity.PodIdentity;

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        var zone = Zone ?? (platform.Dns as Route53Settings)?.Zone;
        return
        [
            .. CheckDomains(),
            .. ClusterRules.NeedsEks(platform, at),
            .. ZoneRules.NeedsZone(zone is not null, "dns.route53", "zone: example.com", at),
            .. Domains.Index().Where(entry => zone is not null && !Route53Domain.IsInZone(entry.Item, zone)).Select(entry => new SettingsProblem(
                Here[entry.Index], $"is not in the zone {zone}", "the zone or domains below it", $"for example apps.{zone}", entry.Item.Text)),
        ];
    }
}

/// <summary>Records in Cloud DNS.</summary>
[Needs(nameof(PlatformSettings.Gcp), nameof(PlatformSettings.Cluster))]
public sealed record CloudDnsRecordsSettings : ExternalDnsSettings, IChecked, IUsesGoogleApis
{
    [Setting("Name of a public managed zone in the project of platform:gcp.", Absent = "that of dns.cloudDns", Example = "example-com")]
    [Form(Form.GcpName)]
    public string? ManagedZone { get; init; }

    public ImmutableArray<string> GoogleApis => [GcpServices.Dns];

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at) =>
    [
        .. CheckDomains(),
        .. ClusterRules.NeedsGke(platform, at),
        .. ZoneRules.NeedsZone(ManagedZone is not null || platform.Dns is CloudDnsSettings, "dns.cloudDns", "managedZone: example-com", at),
    ];
}
