using System.Collections.Immutable;
using Infra.Accounts;
using Infra.Clusters;
using Infra.Networks;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>A GKE cluster that this stack makes.</summary>
[Needs(nameof(PlatformSettings.Gcp))]
public sealed record GkeClusterSettings : AnyGkeSettings, IChecked, IUsesGoogleApis
{
    [Setting("Name of the cluster in Google Cloud. Another name means another cluster.", Absent = "studio- and the name of the stack", Example = "studio-prod")]
    [Form(Form.GkeClusterName)]
    public string? Name { get; init; }

    [Setting(
        "Region or zone of the control plane; in one zone it is away during every upgrade.", Absent = "the region of platform:gcp", Example = "europe-west1-b")]
    public override GkeLocation? Location { get; init; }

    [Setting("Kubernetes version at first; the channel moves it on.")]
    public GkeVersion Version { get; init; } = GkeVersion.Find(GkeVersion.Default)!;

    [Setting("How soon GKE upgrades. From the end of its standard support on, a version is in the extended channel only.")]
    public GkeReleaseChannel Channel { get; init; } = GkeClusterArgs.DefaultChannel;

    [Setting("The network that the cluster stands in.", Absent = "a new one with every default")]
    public GkeNetworkSettings Network { get; init; } = new CreatedGkeNetworkSettings();

    [Setting("Most pods on a node; decides how many nodes the pods' addresses are good for. Another number means another cluster.")]
    [Range(PodRange.FewestPodsPerNode, PodRange.MostPodsPerNode)]
    public int PodsPerNode { get; init; } = GkeClusterArgs.DefaultPodsPerNode;

    [Setting("Reach the API server by a DNS name that answers anywhere and accepts principals whom IAM allows container.clusters.connect.")]
    public bool DnsEndpoint { get; init; } = GkeEndpointAccess.DefaultByName;

    [Setting(
        "Addresses on the internet from which the API server's public address can be reached.",
        Absent = "it has no public address",
        Example = "[203.0.113.0/24]")]
    public ImmutableArray<Ipv4Block> PublicAccess { get; init; } = [];

    [Setting("When GKE may upgrade and repair.")]
    public GkeMaintenanceSettings Maintenance { get; init; } = new();

    [Setting(
        "Google group whose subgroups RBAC may name; its name is always gke-security-groups.",
        Absent = "no groups",
        Example = "gke-security-groups@example.com")]
    [Length(21, 253)]
    public string? SecurityGroup { get; init; }

    [Setting("What the cluster sends to Cloud Logging; [] for nothing. It is paid by the byte, and workloads is most of it.", Example = "[systemComponents]")]
    public ImmutableArray<GkeLog> Logs { get; init; } = GkeClusterArgs.DefaultLogs;

    [Setting("What the cluster sends to Cloud Monitoring; [] for nothing.", Example = "[systemComponents, pod]")]
    public ImmutableArray<GkeMetric> Metrics { get; init; } = GkeClusterArgs.DefaultMetrics;

    [Setting("Collect metrics of pods with Managed Service for Prometheus, where a PodMonitoring asks for them.")]
    public bool ManagedPrometheus { get; init; } = GkeClusterArgs.DefaultManagedPrometheus;

    [Setting("Node pools by name.", Example = "{ general: { machineType: n2-standard-4 } }")]
    [Entry(Form.KubernetesEntry)]
    [Fewest(1)]
    public required ImmutableSortedDictionary<string, GkeNodePoolSettings> NodePools { get; init; }

    [Setting("Node pools that GKE makes for pods that no pool has room for, and removes again.", Absent = "nothing is said of it; a new cluster has none")]
    public GkeAutoProvisioningSettings? AutoProvisioning { get; init; }

    [Setting(
        "How soon the autoscaler takes spare nodes away: balanced, or optimizeUtilization, which packs pods onto few nodes.",
        Absent = "nothing is said of it; a new cluster is balanced")]
    public GkeAutoscalingProfile? AutoscalingProfile { get; init; }

    // Secrets and disks are encrypted with a key of the stack's own.
    public ImmutableArray<string> GoogleApis => [GcpServices.KeyManagement];

    public override T Match<T>(IClusterKinds<T> kinds) => kinds.Gke(this);

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at) =>
    [
        .. CheckLocation(platform, at), .. CheckVersion(at), .. CheckAccess(at), .. CheckPools(at), .. GkeNetworkRules.Check(this, at),
        .. LogRules.Gke(this, at),
    ];

    private IEnumerable<SettingsProblem> CheckLocation(PlatformSettings platform, SettingPath at)
    {
        if (Location is not { } location || platform.Gcp is not { } gcp)
        {
            yield break;
        }

        if (location.Region != gcp.Region)
        {
            yield return new(
                at[nameof(Location)], "is not in the region of platform:gcp, where the network is made", $"{gcp.Region}, or a zone of it",
                $"location: {gcp.Region}", location.Text);
        }

        if (location.IsZonal && platform.Production)
        {
            yield return new(
                at[nameof(Location)],
                "is one zone, and in a production stack the control plane has to survive the loss of a zone and its own upgrades, as only regional clusters do",
                $"a region: {location.Region}",
                "remove location, or set production: false",
                location.Text);
        }
    }

    private IEnumerable<SettingsProblem> CheckVersion(SettingPath at)
    {
        if (!Version.Channels.Contains(Channel))
        {
            var offered = string.Join(", ", GkeVersion.In(Channel).Select(other => other.Name));
            yield return new(
                at[nameof(Version)],
                $"is not in the channel {SettingPath.KeyFor($"{Channel}")} any more: its standard support ended on {Version.StandardUntil:yyyy-MM-dd}",
                $"{offered} in this channel",
                $"version: '{GkeVersion.Default}', or channel: {SettingPath.KeyFor($"{Version.Channels[0]}")}",
                Version.Name);
        }
    }

    private IEnumerable<SettingsProblem> CheckAccess(SettingPath at)
    {
        foreach (var (index, block) in PublicAccess.Index().Where(entry => entry.Item.PrefixLength == 0))
        {
            yield return new(
                at[nameof(PublicAccess)][index], "lets the whole internet try to sign in to the API server", "the addresses that administrators come from",
                "name your own network, or remove publicAccess: the DNS endpoint needs none", block.Text);
        }

        if (!DnsEndpoint && PublicAccess.IsEmpty && Network is CreatedGkeNetworkSettings)
        {
            yield return new(
                at[nameof(DnsEndpoint)],
                "leaves the API server an address in a network that is made with it, where nobody is, and no publicAccess: the first object that Pulumi makes on "
                    + "the cluster would wait until it gives up",
                "true, or false with publicAccess",
                "dnsEndpoint: true, which asks IAM, or publicAccess: [203.0.113.0/24]",
                "false");
        }

        if (SecurityGroup is { } group && !group.StartsWith("gke-security-groups@"))
        {
            yield return new(
                at[nameof(SecurityGroup)], "is not the group that GKE looks up", "gke-security-groups@ and your domain",
                "make that group and put the others into it", group);
        }
    }

    private IEnumerable<SettingsProblem> CheckPools(SettingPath at)
    {
        if (!NodePools.Values.Any(pool => pool.Minimum > 0 && pool.AddedTaints.IsEmpty))
        {
            yield return new(
                at[nameof(NodePools)],
                (NodePools.IsEmpty, NodePools.Values.Any(pool => pool.Minimum > 0)) switch
                {
                    (true, _) => "has no entry",
                    (_, true) => "has no pool with a node that stays but such as GKE taints, for their GPUs or Arm processors, and its own pods need one",
                    _ => "has no pool with a node that stays, and GKE's own pods need one",
                },
                "one pool or more, one of them with a minimum above 0",
                "nodePools: { general: { machineType: n2-standard-4 } }");
        }

        var open = NodePools.Where(pool => pool.Value.TakesEveryPod).ToList();
        if (open.Count > 0 && !open.Exists(pool => GkeMachineSeries.TakesPersistentDisks(pool.Value.MachineType)))
        {
            yield return SettingsProblem.Warning(
                at[nameof(NodePools)].Entry(open[0].Key)["machineType"],
                "attaches Hyperdisk only, and claims of GKE's default class, standard-rwo, wait for a Persistent Disk for ever",
                "a pool without taints of a series that attaches Persistent Disks, such as n2, or claims of a class for Hyperdisk",
                "make such a class, and name it where a claim is: redis.inCluster.persistence.storageClassName",
                open[0].Value.MachineType);
        }
    }
}

/// <summary>A GKE cluster that exists, found by its name.</summary>
[Needs(nameof(PlatformSettings.Gcp))]
public sealed record AdoptedGkeSettings : AnyGkeSettings
{
    [Setting("Name of the cluster.", Example = "shared-research")]
    [Form(Form.GkeClusterName)]
    public required string Name { get; init; }

    [Setting("Region or zone of the cluster, as gcloud container clusters list shows it.", Absent = "the region of platform:gcp", Example = "europe-west1-b")]
    public override GkeLocation? Location { get; init; }

    [Setting(
        "Addresses that Memorystore, Filestore and Cloud SQL get in the cluster's network.",
        Absent = "the network has private services access",
        Example = "10.41.0.0/16")]
    public Ipv4Block? ManagedServices { get; init; }

    public override T Match<T>(IClusterKinds<T> kinds) => kinds.AdoptedGke(this);
}
