using System.Collections.Immutable;
using Infra.Manifests;
using Infra.Workbench;
using Stacks.Settings.Crossing;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>Which traffic the pods of Workbench may exchange (docs/network-policies.md).</summary>
public sealed record WorkbenchNetworkSettings : IChecked
{
    public const bool DefaultPolicies = true;

    [Setting("Restrict which pods and addresses servers and sessions exchange traffic with.")]
    public bool Policies { get; init; } = DefaultPolicies;

    [Setting(
        "Namespace of the ingress controller's pods, the only ones that reach the servers besides sessions.",
        Absent = "balancers, controllers and whoever is in the network reach port 8787",
        Example = "traefik")]
    public KubernetesName? ControllerNamespace { get; init; }

    [Setting("Namespace whose pods ask for metrics, on port 8989.", Absent = "nobody may", Example = "monitoring")]
    public KubernetesName? MetricsNamespace { get; init; }

    [Setting("Let sessions reach private addresses and the pods of the cluster. Without it they reach the Internet and what sessionEgress names.")]
    public bool SessionsReachPrivateAddresses { get; init; } = WorkbenchNetwork.DefaultPrivateAddresses;

    [Setting("Traffic that servers may start besides what Workbench needs, such as a directory or a forward proxy.")]
    public ImmutableArray<EgressSettings> Egress { get; init; } = [];

    [Setting("Traffic that sessions may start besides, such as databases at private addresses, or node ports.")]
    public ImmutableArray<EgressSettings> SessionEgress { get; init; } = [];

    /// <summary>The same in the words of the component; null without policies.</summary>
    /// <param name="identityFromMetadataServer">Whether pods of the cluster get their own identity from the metadata service.</param>
    internal WorkbenchNetwork? Network(bool identityFromMetadataServer) => !Policies
        ? null
        : new WorkbenchNetwork
        {
            ControllerNamespace = ControllerNamespace?.Text,
            MetadataServiceAllowed = identityFromMetadataServer,
            MetricsNamespace = MetricsNamespace?.Text,
            PrivateAddresses = SessionsReachPrivateAddresses,
            ServerEgress = [.. Egress.Select(rule => rule.Egress)],
            SessionEgress = [.. SessionEgress.Select(rule => rule.Egress)],
        };

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (!Policies)
        {
            foreach (var (key, given) in new[]
            {
                (nameof(ControllerNamespace), ControllerNamespace?.Text),
                (nameof(MetricsNamespace), MetricsNamespace?.Text),
                (nameof(SessionsReachPrivateAddresses), SessionsReachPrivateAddresses ? null : "false"),
                (nameof(Egress), Egress.IsEmpty ? null : ""),
                (nameof(SessionEgress), SessionEgress.IsEmpty ? null : ""),
            }.Where(setting => setting.Item2 is not null))
            {
                yield return new(
                    at[key], "has no meaning with policies: false, which restricts nothing", "absent",
                    $"remove {SettingPath.KeyFor(key)}, or remove policies: false", given!.Length == 0 ? null : given);
            }
        }
        else if (ControllerNamespace is { Text: var name } && platform.Workbench is { Ingress: not (TraefikWorkbenchSettings or NginxWorkbenchSettings) })
        {
            yield return new(
                at[nameof(ControllerNamespace)],
                "lets nobody but the pods of a controller through, and no controller that is a pod answers for Workbench",
                "given beside workbench.ingress.traefik or workbench.ingress.nginx", "remove controllerNamespace, or describe workbench.ingress", name);
        }
    }
}

/// <summary>ServiceMonitors of the chart, for a Prometheus operator that is on the cluster already: without its kinds the release fails.</summary>
public sealed record WorkbenchServiceMonitorSettings : IChecked
{
    [Setting("Namespace of the two ServiceMonitors, for metrics and for health. It exists.", Absent = "posit-workbench", Example = "monitoring")]
    public KubernetesName? Namespace { get; init; }

    [Setting("Labels by which your Prometheus finds its ServiceMonitors.", Example = "{ release: prometheus }")]
    [Entry(Form.KubernetesKey)]
    [Form(Form.KubernetesLabelValue)]
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The same in the words of the component.</summary>
    internal WorkbenchServiceMonitor Monitor => new(Namespace?.Text, Labels);

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (platform.Workbench is { Network: { Policies: true, MetricsNamespace: null } })
        {
            yield return new(
                At.Workbench[nameof(WorkbenchSettings.Network)][nameof(WorkbenchNetworkSettings.MetricsNamespace)],
                "is missing beside serviceMonitor: the policies keep every Prometheus from the metrics", "the namespace of your Prometheus",
                "metricsNamespace: monitoring, or policies: false");
        }
    }
}
