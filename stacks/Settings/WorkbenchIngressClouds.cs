using Infra.Charts;
using Infra.Dns;
using Infra.Routing;
using Infra.Workbench;
using Pulumi;
using Stacks.Settings.Crossing;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>An Application Load Balancer of AWS; it reaches pods by their addresses, without which a cookie could not name one.</summary>
public sealed record AlbWorkbenchSettings : WorkbenchIngressSettings
{
    /// <summary>PTD has the same for Workbench; AWS ends silent connections after 60 seconds by default, and with them WebSockets.</summary>
    public const int DefaultIdleTimeoutSeconds = 300;

    // The server's own page, and no redirect to sign in.
    private const string Healthy = "200";

    [Setting("Reachable inside the VPC only.")]
    public bool Internal { get; init; }

    [Setting("Name that all Ingresses of one balancer share; that of studios.ingress.alb to share its balancer, which then says what holds for both.")]
    [Length(1, 63)]
    public string Group { get; init; } = HelmCharts.PositWorkbench.Namespace;

    [Setting("Seconds a connection may be silent before the balancer ends it.")]
    [Range(1, IngressController.Alb.MostIdleSeconds)]
    public int IdleTimeoutSeconds { get; init; } = DefaultIdleTimeoutSeconds;

    [Setting("Security policy of the HTTPS listener.")]
    [Length(1, 64)]
    public string SslPolicy { get; init; } = IngressController.Alb.DefaultSslPolicy;

    [Setting("Path that must answer 200.")]
    [Form(Form.AbsolutePath)]
    public string HealthCheckPath { get; init; } = WorkbenchIngress.HealthCheckPath;

    [Setting("A certificate that exists.", Absent = "that of dns.route53 where it covers the host, otherwise a new one, which renews itself")]
    public ExistingCertificateSettings? Acm { get; init; }

    [Setting("Where the balancer writes a line for each request.", Absent = "nowhere")]
    public AccessLogSettings? AccessLogs { get; init; }

    [Setting("The web ACL of AWS WAF that sees every request before the balancer.", Absent = "none")]
    public WebAclSettings? WebAcl { get; init; }

    internal override string Key => "alb";

    internal override WorkbenchIngress Ingress(PlatformSettings platform) => WorkbenchIngress.Routed.By(Alb(platform), Host);

    /// <summary>The controller, with what only it has.</summary>
    internal IngressController.Alb Alb(PlatformSettings platform) => new(!Internal, AlbTargetType.Ip, Group, SslPolicy, HealthCheckPath, Healthy)
    {
        DefinesBalancer = !Shares(platform),
        IdleSeconds = IdleTimeoutSeconds,
        StickySeconds = RoutingPlan.StickySeconds,
    };

    private bool Shares(PlatformSettings platform) => platform.Studios?.Ingress is AlbIngressSettings { Group: var group } && group == Group;

    private protected override bool Reaches(DnsSettings dns, PlatformSettings platform) => dns is Route53Settings;

    private protected override IEnumerable<SettingsProblem> CheckKind(PlatformSettings platform, SettingPath at)
    {
        if (CloudControllers.OfAnother(at, platform.Cluster, CloudControllers.Eks) is { } foreign)
        {
            yield return foreign;
        }

        if (Acm is { } given)
        {
            if (!given.Names.Any(name => name.Covers(Host)))
            {
                yield return new(
                    at[nameof(Acm)]["names"], $"do not cover {Host}", "names that cover the host",
                    "give a certificate with that name, or remove acm to have one issued in platform:dns.route53", string.Join(", ", given.Names));
            }
        }
        else if (platform.Dns is not Route53Settings { Zone: var zone })
        {
            yield return new(
                at[nameof(Acm)], "is missing, and there is no platform:dns.route53 in which a certificate could be issued",
                "the ARN of a certificate in AWS Certificate Manager, with its names", "describe acm with arn and names, or platform:dns.route53");
        }
        else if (!MakeRecord && !Route53Domain.IsInZone(Host, zone))
        {
            yield return new(
                at[nameof(Acm)], $"is missing, and the zone {zone} does not hold {Host}, so that no certificate can be proven there",
                "the ARN of a certificate in AWS Certificate Manager, with its names", "describe acm with arn and names");
        }

        foreach (var problem in Shares(platform) ? CheckShared(at) : [])
        {
            yield return problem;
        }
    }

    private IEnumerable<SettingsProblem> CheckShared(SettingPath at)
    {
        (string Name, bool IsGiven, string? Value)[] ofBalancer =
        [
            (nameof(Internal), Internal, "true"),
            (nameof(IdleTimeoutSeconds), IdleTimeoutSeconds != DefaultIdleTimeoutSeconds, $"{IdleTimeoutSeconds}"),
            (nameof(SslPolicy), SslPolicy != IngressController.Alb.DefaultSslPolicy, SslPolicy),
            (nameof(AccessLogs), AccessLogs is not null, null),
            (nameof(WebAcl), WebAcl is not null, null),
        ];
        return ofBalancer.Where(setting => setting.IsGiven).Select(setting => new SettingsProblem(
            at[setting.Name], $"holds for the whole balancer, which platform:studios.ingress.alb describes in the group {Group}",
            "absent in the group of Studios", $"move it to platform:studios.ingress.alb, or choose another group", setting.Value));
    }
}

/// <summary>An Application Load Balancer of Google Cloud for one Ingress.</summary>
public sealed record GceWorkbenchSettings : WorkbenchIngressSettings
{
    // Name of the ManagedCertificate.
    private const string Managed = "workbench";

    [Setting(
        "Name of a reserved global address that exists.", Absent = "with platform:dns.cloudDns a new one; otherwise an address that changes with the Ingress",
        Example = "workbench")]
    [Form(Form.GcpName)]
    public string? StaticAddress { get; init; }

    [Setting(
        "Name of a Google Cloud SSL certificate that exists.", Absent = "Google issues one once the host leads to the balancer, unless a Secret holds it",
        Example = "workbench")]
    [Form(Form.GcpName)]
    public string? PreShared { get; init; }

    [Setting("Path that must answer 200.")]
    [Form(Form.AbsolutePath)]
    public string HealthCheckPath { get; init; } = WorkbenchIngress.HealthCheckPath;

    [Setting("How many of a hundred requests the load balancer logs; 0 for none.", Absent = "what GKE does by itself")]
    [Range(0, 100)]
    public int? RequestLogPercent { get; init; }

    [Setting("Name of a security policy of Cloud Armor that exists.", Absent = "none", Example = "platform")]
    [Form(Form.GcpName)]
    public string? CloudArmor { get; init; }

    internal override string Key => "gce";

    internal override WorkbenchIngress Ingress(PlatformSettings platform) => WorkbenchIngress.Routed.By(
        new IngressController.Gce(
            StaticAddress,
            HealthCheckPath,
            PreShared is null && TlsSecret is null && ClusterIssuer is null && !HasFiles ? Managed : null,
            ClusterIssuer,
            MakeCertificate: true)
        {
            Backend = GoogleEdge.Backend(RequestLogPercent, CloudArmor),
            StickySeconds = RoutingPlan.StickySeconds,
        },
        Host);

    private protected override bool Reaches(DnsSettings dns, PlatformSettings platform) => dns is CloudDnsSettings;

    private protected override IEnumerable<SettingsProblem> CheckKind(PlatformSettings platform, SettingPath at)
    {
        if (CloudControllers.OfAnother(at, platform.Cluster, CloudControllers.Gke) is { } foreign)
        {
            yield return foreign;
        }

        if (StaticAddress is { } address && HasRecord(platform))
        {
            yield return new(
                at[nameof(StaticAddress)], "names an address that exists, and the record in platform:dns.cloudDns needs one that this stack reserves",
                "absent beside platform:dns.cloudDns", "remove staticAddress, or set makeRecord: false and make the record by hand", address);
        }
    }
}

/// <summary>What settings say of a load balancer of Google Cloud.</summary>
internal static class GoogleEdge
{
    public static GoogleBackend Backend(int? logPercent, string? cloudArmor) => new(logPercent, cloudArmor is null ? null : Output.Create(cloudArmor));
}
