using System.Collections.Immutable;
using Infra.Charts;
using Infra.Dns;
using Infra.Manifests;
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

/// <summary>A Gateway: an HTTPRoute is attached to it, which the chart does not have.</summary>
public sealed record GatewayWorkbenchSettings : WorkbenchIngressSettings
{
    /// <summary>Name of the Gateway that this stack makes.</summary>
    internal const string MadeName = "posit-workbench";

    [Setting("Name of a Gateway that exists.", Absent = "this stack makes one of GKE, with address and certificate in platform:dns.cloudDns", Example = "platform")]
    [Form(Form.KubernetesSubdomain)]
    public string? Name { get; init; }

    [Setting("Its namespace. Its listener has to admit routes from posit-workbench.", Absent = "posit-workbench, where this stack makes it", Example = "gateways")]
    public KubernetesName? Namespace { get; init; }

    [Setting("Name of its listener with TLS.", Absent = "every listener that takes the host", Example = "https")]
    [Form(Form.KubernetesSubdomain)]
    public string? Listener { get; init; }

    [Setting("Whose Gateway it is: GKE's gets the policies that only GKE has, for stickiness, health and silent connections.")]
    public GatewayOwner Controller { get; init; } = GatewayOwner.Gke;

    [Setting("Path that must answer 200; with controller: gke.")]
    [Form(Form.AbsolutePath)]
    public string HealthCheckPath { get; init; } = WorkbenchIngress.HealthCheckPath;

    [Setting("How many of a hundred requests the load balancer logs, 0 for none; with controller: gke.", Absent = "what GKE does by itself")]
    [Range(0, 100)]
    public int? RequestLogPercent { get; init; }

    [Setting("Name of a security policy of Cloud Armor that exists; with controller: gke.", Absent = "none", Example = "platform")]
    [Form(Form.GcpName)]
    public string? CloudArmor { get; init; }

    internal override string Key => "gateway";

    /// <summary>Whether this stack makes it.</summary>
    internal bool IsMade => Name is null;

    internal override WorkbenchIngress Ingress(PlatformSettings platform) => WorkbenchIngress.Routed.By(Route, Host);

    private IngressController Route => (Name, Controller) switch
    {
        (null, _) => OfGke(new(MadeName, HelmCharts.PositWorkbench.Namespace, HealthCheckPath)),
        ({ } name, GatewayOwner.Gke) => OfGke(new(name, $"{Namespace}", HealthCheckPath) { Listener = Listener }),
        ({ } name, _) => new IngressController.AnyGateway(name, $"{Namespace}", Listener),
    };

    private IngressController.Gateway OfGke(IngressController.Gateway gateway) => gateway with
    {
        Backend = GoogleEdge.Backend(RequestLogPercent, CloudArmor),
        StickySeconds = RoutingPlan.StickySeconds,
    };

    private protected override bool Reaches(DnsSettings dns, PlatformSettings platform) => IsMade && dns is CloudDnsSettings;

    private protected override IEnumerable<SettingsProblem> CheckKind(PlatformSettings platform, SettingPath at) =>
        [.. CheckOwner(platform, at), .. IsMade ? CheckMade(platform, at) : CheckExisting(at)];

    private IEnumerable<SettingsProblem> CheckOwner(PlatformSettings platform, SettingPath at)
    {
        if (Controller is GatewayOwner.Gke && CloudControllers.OfAnother(at[nameof(Controller)], platform.Cluster, CloudControllers.Gke) is { } foreign)
        {
            yield return foreign with { Allowed = "other for a Gateway that exists, or a cluster of GKE", Given = "gke" };
        }

        if (Controller is GatewayOwner.Other && platform.Workbench is { Replicas: > 1 and var replicas })
        {
            // Gateway API, GEP-1619: sessionPersistence of HTTPRoute is in the experimental channel, and few controllers have it.
            yield return new(
                At.Workbench[nameof(WorkbenchSettings.Replicas)],
                $"needs something that keeps a browser at one server pod, and {at} is a Gateway of another controller than GKE's: "
                    + "session persistence is an experiment of the Gateway API, which not every controller has",
                "1 behind such a Gateway", "remove replicas, or choose alb, gce, traefik or a Gateway of GKE", $"{replicas}");
        }
    }

    private IEnumerable<SettingsProblem> CheckMade(PlatformSettings platform, SettingPath at)
    {
        if (Controller is GatewayOwner.Other)
        {
            yield return new(
                at[nameof(Name)], "is missing, and this stack makes Gateways of GKE only", "the name of a Gateway that exists",
                "name: <name> and namespace: <its namespace>, or controller: gke");
        }
        else if (platform.Dns is not CloudDnsSettings)
        {
            yield return new(
                at[nameof(Name)], "is missing, and there is no platform:dns.cloudDns in which a Gateway of this stack would have address and certificate",
                "the name of a Gateway that exists, or platform:dns.cloudDns", "name: <name> and namespace: <its namespace>, or describe platform:dns.cloudDns");
        }

        foreach (var (key, given) in new[] { (nameof(Namespace), Namespace?.Text), (nameof(Listener), Listener) }.Where(entry => entry.Item2 is not null))
        {
            yield return new(at[key], "is that of a Gateway that exists, and there is no name", "absent without name", $"name: <name>, or remove {at[key].Key}", given);
        }
    }

    private IEnumerable<SettingsProblem> CheckExisting(SettingPath at)
    {
        if (Namespace is null)
        {
            yield return new(at[nameof(Namespace)], "is missing beside name", "the namespace of the Gateway", "namespace: gateways");
        }

        if (Controller is GatewayOwner.Other)
        {
            (string Key, string? Given)[] ofGke =
            [
                (nameof(HealthCheckPath), HealthCheckPath == WorkbenchIngress.HealthCheckPath ? null : HealthCheckPath),
                (nameof(RequestLogPercent), RequestLogPercent?.ToString()),
                (nameof(CloudArmor), CloudArmor),
            ];
            foreach (var (key, given) in ofGke.Where(setting => setting.Given is not null))
            {
                yield return new(
                    at[key], "is for policies that only GKE has, and the Gateway is another controller's", "absent with controller: other",
                    $"remove {at[key].Key}, or controller", given);
            }
        }
    }
}

/// <summary>Whose Gateway it is.</summary>
public enum GatewayOwner
{
    /// <summary>One of GKE.</summary>
    Gke,

    /// <summary>One of any other controller.</summary>
    Other,
}

/// <summary>What settings say of a load balancer of Google Cloud.</summary>
internal static class GoogleEdge
{
    public static GoogleBackend Backend(int? logPercent, string? cloudArmor) => new(logPercent, cloudArmor is null ? null : Output.Create(cloudArmor));
}
