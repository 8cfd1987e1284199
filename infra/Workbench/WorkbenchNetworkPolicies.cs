using System.Collections.Immutable;
using System.Globalization;
using Infra.Charts;
using Infra.Manifests;
using Infra.Routing;
using Pulumi;
using Pulumi.Kubernetes.Networking.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;

namespace Infra.Workbench;

/// <summary>
/// NetworkPolicies of Workbench: one for its servers, one for the pods of sessions, in which people run what they like. docs/network-policies.md says why each
/// is as wide as it is.
/// </summary>
internal static class WorkbenchNetworkPolicies
{
    // The container ports of rstudio/helm, charts/rstudio-workbench 0.22.0. The launcher's, 5559, is that of the loopback interface.
    private const int HttpPort = 8787;
    private const int MetricsPort = 8989;

    // The agent of EKS' network plugin sees the Service's own address and port (EKS user guide, "Limit Pod traffic with Kubernetes network policies").
    private const int ServicePort = 80;

    // Where PostgreSQL listens by itself, also behind a Service with another port.
    private const int PostgresPort = 5432;
    private const int HttpsPort = 443;

    // templates/_helpers.tpl of the chart, rstudio-workbench.selectorLabels.
    private static readonly PodSelection Servers = new(ImmutableDictionary<string, string>.Empty
        .Add("app.kubernetes.io/name", HelmCharts.PositWorkbench.Name).Add("app.kubernetes.io/instance", WorkbenchValues.Release));

    // A session is a Job, whose pods get this label from Kubernetes itself and no other one that is always there (files/job.tpl); the chart's files/service.tpl
    // finds them by it, too. Sessions that were there before the policy have it as well.
    private static readonly PodSelection Sessions = new(ImmutableDictionary<string, string>.Empty, Having: "job-name");

    /// <summary>Makes the two.</summary>
    /// <param name="name">Logical name of Workbench.</param>
    /// <param name="args">Workbench.</param>
    /// <param name="network">What may reach it, and what it may reach.</param>
    /// <param name="parent">Workbench.</param>
    public static ImmutableArray<Resource> Make(string name, PositWorkbenchArgs args, WorkbenchNetwork network, Resource parent)
    {
        return
        [
            Make($"{name}-server-policy", "workbench-server", Server(args.Plan, args.Database.Port, network)),
            Make($"{name}-session-policy", "workbench-sessions", Session(network)),
        ];

        NetworkPolicy Make(string logicalName, string physicalName, PodTraffic traffic) => new(
            logicalName,
            new NetworkPolicyArgs
            {
                Metadata = new ObjectMetaArgs { Name = physicalName, Namespace = args.Namespace, Labels = new Labels("workbench", "isolation").All },
                Spec = traffic.ToSpec(),
            },
            new CustomResourceOptions { Parent = parent });
    }

    private static PodTraffic Server(WorkbenchPlan plan, Output<int> database, WorkbenchNetwork network) => new(
        Servers,
        [.. ToTheServer(network)],
        [
            NetworkRules.ToDns(),
            // A session listens on ports of its own: 8788 and 8789, and those of what is started inside.
            NetworkRules.To([Sessions]),
            NetworkRules.To([Servers], HttpPort),
            NetworkRules.ToServer(database, PostgresPort),
            NetworkRules.ToWeb(plan.SignIn?.Port ?? HttpsPort),
            NetworkRules.ToApiServer([]),
            .. plan.LicenseServer is { } license ? [NetworkRules.ToPorts(PortOf(license))] : ImmutableArray<NetworkPolicyEgressRuleArgs>.Empty,
            .. NetworkRules.ToFurther(network.ServerEgress),
        ]);

    // Balancers, controllers on the node's own network and health checks come from anywhere: only who knows the controller's namespace can say less.
    private static IEnumerable<NetworkPolicyIngressRuleArgs> ToTheServer(WorkbenchNetwork network)
    {
        if (network.ControllerNamespace is null)
        {
            yield return NetworkRules.From([], HttpPort);
        }
        else
        {
            yield return NetworkRules.FromNamespace(network.ControllerNamespace, HttpPort);
            // Sessions call back, and replicas ask each other.
            yield return NetworkRules.From([Sessions, Servers], HttpPort);
        }

        if (network.MetricsNamespace is { } monitoring)
        {
            // The second ServiceMonitor of the chart asks for /health-check.
            yield return NetworkRules.FromNamespace(monitoring, MetricsPort, HttpPort);
        }
    }

    private static PodTraffic Session(WorkbenchNetwork network) => new(
        Sessions,
        [NetworkRules.From([Servers])],
        [
            .. network.PrivateAddresses
                ? [NetworkRules.ToEverywhere(network.MetadataServiceAllowed)]
                : ImmutableArray.Create(NetworkRules.ToInternet(network.MetadataServiceAllowed), NetworkRules.To([Servers], HttpPort, ServicePort)),
            // What may listen on a node is no part of everywhere for Cilium.
            NetworkRules.ToDns(),
            .. NetworkRules.ToFurther(network.SessionEgress),
        ]);

    private static int PortOf(string address) => int.Parse(address[(address.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture);
}

/// <summary>What may reach the pods of Workbench, and what they may reach besides what Workbench itself needs.</summary>
public sealed record WorkbenchNetwork
{
    public const bool DefaultPrivateAddresses = true;

    /// <summary>The one namespace whose pods, besides sessions, may reach the servers; null where the way of browsers cannot be named. Default null.</summary>
    public string? ControllerNamespace { get; init; }

    /// <summary>The one namespace whose pods may ask for metrics; null for nobody. Default null.</summary>
    public string? MetricsNamespace { get; init; }

    /// <summary>Let sessions reach private addresses and pods of the cluster. Default true.</summary>
    public bool PrivateAddresses { get; init; } = DefaultPrivateAddresses;

    /// <summary>Let sessions ask the metadata service, which is right on GKE only. Default false.</summary>
    public bool MetadataServiceAllowed { get; init; }

    /// <summary>What servers may reach besides. Default nothing.</summary>
    public ImmutableArray<FurtherEgress> ServerEgress { get; init; } = [];

    /// <summary>What sessions may reach besides. Default nothing.</summary>
    public ImmutableArray<FurtherEgress> SessionEgress { get; init; } = [];
}

/// <summary>How a Prometheus operator finds the metrics; its kinds have to be on the cluster, or the release fails.</summary>
/// <param name="Namespace">Namespace of the ServiceMonitors; null for that of Workbench.</param>
/// <param name="Labels">Labels by which a Prometheus finds them.</param>
public sealed record WorkbenchServiceMonitor(string? Namespace, ImmutableSortedDictionary<string, string> Labels)
{
    /// <summary>The value <c>serviceMonitor</c> of the chart.</summary>
    internal ImmutableDictionary<string, object> Values => Spec.From(("serviceMonitor", WorkbenchProfile.Given(
        ("enabled", true),
        ("namespace", Namespace),
        ("additionalLabels", Labels.IsEmpty ? null : Labels.ToImmutableDictionary(label => label.Key, label => (object)label.Value, StringComparer.Ordinal)))));
}
