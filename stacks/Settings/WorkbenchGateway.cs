using Infra.Charts;
using Infra.Manifests;
using Infra.Routing;
using Infra.Workbench;
using Stacks.Settings.Crossing;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>A Gateway: an HTTPRoute is attached to it, which the chart does not have.</summary>
public sealed record GatewayWorkbenchSettings : WorkbenchIngressSettings
{
    /// <summary>Name of the Gateway that this stack makes.</summary>
    internal const string MadeName = "posit-workbench";

    [Setting(
        "Name of a Gateway that exists.", Absent = "this stack makes one of GKE, with address and certificate in platform:dns.cloudDns", Example = "platform")]
    [Form(Form.KubernetesSubdomain)]
    public string? Name { get; init; }

    [Setting(
        "Its namespace. Its listener has to admit routes from posit-workbench.", Absent = "posit-workbench, where this stack makes it", Example = "gateways")]
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
                "name: <name> and namespace: <its own>, or controller: gke");
        }
        else if (platform.Dns is not CloudDnsSettings)
        {
            yield return new(
                at[nameof(Name)], "is missing, and there is no platform:dns.cloudDns in which a Gateway of this stack would have address and certificate",
                "the name of a Gateway that exists, or platform:dns.cloudDns", "name: <name> and namespace: <its own>, or describe platform:dns.cloudDns");
        }

        foreach (var (key, given) in new[] { (nameof(Namespace), Namespace?.Text), (nameof(Listener), Listener) }.Where(entry => entry.Item2 is not null))
        {
            yield return new(
                at[key], "is that of a Gateway that exists, and there is no name", "absent without name", $"name: <name>, or remove {at[key].Key}", given);
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
