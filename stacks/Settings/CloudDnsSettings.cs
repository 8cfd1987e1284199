using System.Collections.Immutable;
using Infra.Dns;
using Stacks.Settings.Declaring;
using Stacks.Settings.Problems;
using Stacks.Settings.Rules;

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
