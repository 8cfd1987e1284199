using Infra.Clusters;
using Infra.Networks;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>Which network there is.</summary>
[Kind<CreatedGkeNetworkSettings>("create", "A network that this stack makes.")]
[Kind<ExistingGkeNetworkSettings>("existing", "An existing network; nothing in it is changed but for firewall rules of the cluster.")]
public abstract record GkeNetworkSettings
{
    private protected GkeNetworkSettings()
    {
    }

    /// <summary>Addresses of the control plane.</summary>
    public abstract Ipv4Block ControlPlane { get; init; }

    public abstract T Match<T>(Func<CreatedGkeNetworkSettings, T> create, Func<ExistingGkeNetworkSettings, T> existing);
}

/// <summary>A network that this stack makes.</summary>
public sealed record CreatedGkeNetworkSettings : GkeNetworkSettings
{
    [Setting("Addresses of the nodes.")]
    public Ipv4Block Nodes { get; init; } = GkeAddressPlan.Default.Nodes;

    [Setting("Addresses of the pods; every node takes a block of them, a /24 for 110 pods.")]
    public Ipv4Block Pods { get; init; } = GkeAddressPlan.Default.Pods;

    [Setting("Addresses of Services.")]
    public Ipv4Block Services { get; init; } = GkeAddressPlan.Default.Services;

    [Setting("Addresses of the control plane: a /28.")]
    public override Ipv4Block ControlPlane { get; init; } = GkeAddressPlan.Default.ControlPlane;

    [Setting("Addresses for Memorystore, Filestore and Cloud SQL.")]
    public Ipv4Block ManagedServices { get; init; } = GkeAddressPlan.Default.ManagedServices;

    [Setting("How many of a hundred connections of the nodes are recorded in Cloud Logging; 0 for none.")]
    [Range(0, 100)]
    public int FlowLogPercent { get; init; } = GcpNetworkArgs.DefaultFlowLogPercent;

    public GkeAddressPlan Addresses => new(Nodes, Pods, Services, ControlPlane, ManagedServices);

    public override T Match<T>(Func<CreatedGkeNetworkSettings, T> create, Func<ExistingGkeNetworkSettings, T> existing) => create(this);
}

/// <summary>An existing network.</summary>
public sealed record ExistingGkeNetworkSettings : GkeNetworkSettings
{
    [Setting("Full name of the network.")]
    [Form(Form.NetworkPath)]
    public required string Network { get; init; }

    [Setting("Full name of the nodes' subnetwork, in the region of platform:gcp, with Private Google Access and a way out to the internet.")]
    [Form(Form.SubnetworkPath)]
    public required string Subnetwork { get; init; }

    [Setting("Name of the secondary range for pods.", Example = "pods")]
    [Form(Form.GcpName)]
    public required string PodsRange { get; init; }

    [Setting("Addresses of that range, to tell how many nodes it is good for.", Absent = "not checked", Example = "10.44.0.0/14")]
    public Ipv4Block? Pods { get; init; }

    [Setting("Name of the secondary range for Services.", Example = "services")]
    [Form(Form.GcpName)]
    public required string ServicesRange { get; init; }

    [Setting("Addresses of the control plane: a /28 that nothing in the network or its peers has.")]
    public override Ipv4Block ControlPlane { get; init; } = GkeAddressPlan.Default.ControlPlane;

    [Setting(
        "Addresses that Memorystore, Filestore and Cloud SQL get in the network.",
        Absent = "the network has private services access",
        Example = "10.41.0.0/16")]
    public Ipv4Block? ManagedServices { get; init; }

    public override T Match<T>(Func<CreatedGkeNetworkSettings, T> create, Func<ExistingGkeNetworkSettings, T> existing) => existing(this);
}

/// <summary>Whether the addresses of a cluster are enough for its nodes and pods.</summary>
internal static class GkeNetworkRules
{
    public static IEnumerable<SettingsProblem> Check(GkeClusterSettings settings, SettingPath at)
    {
        var nodes = GkeNodePool.MostNodes(settings.NodePools.Select(pool => pool.Value.Pool(pool.Key)));
        var network = at[nameof(settings.Network)];
        if (nodes == 0)
        {
            return [];
        }

        return settings.Network.Match(
            create => create.Addresses.Problems(nodes, settings.PodsPerNode).Select(problem => Worded(problem, create.Addresses, network["create"])),
            existing => CheckExisting(existing, nodes, settings.PodsPerNode, network["existing"]));
    }

    private static IEnumerable<SettingsProblem> CheckExisting(ExistingGkeNetworkSettings existing, int nodes, int podsPerNode, SettingPath here)
    {
        // Only what is known of a foreign network can be wrong.
        var known = GkeAddressPlan.Default with
        {
            Pods = existing.Pods ?? GkeAddressPlan.Default.Pods,
            ControlPlane = existing.ControlPlane,
            ManagedServices = existing.ManagedServices ?? GkeAddressPlan.Default.ManagedServices,
        };
        string[] given =
        [
            nameof(existing.ControlPlane),
            .. existing.Pods is null ? Array.Empty<string>() : [nameof(existing.Pods)],
            .. existing.ManagedServices is null ? Array.Empty<string>() : [nameof(existing.ManagedServices)],
        ];
        return known.SizeProblems().Concat(known.CapacityProblems(nodes, podsPerNode))
            .Where(problem => given.Contains(problem.Range))
            .Select(problem => Worded(problem, known, here));
    }

    private static SettingsProblem Worded(GkeAddressProblem problem, GkeAddressPlan plan, SettingPath here) => new(
        here[problem.Range],
        problem.What,
        problem.Allowed,
        problem.Fix,
        problem.Range switch
        {
            nameof(plan.Nodes) => plan.Nodes.Text,
            nameof(plan.Pods) => plan.Pods.Text,
            nameof(plan.Services) => plan.Services.Text,
            nameof(plan.ControlPlane) => plan.ControlPlane.Text,
            _ => plan.ManagedServices.Text,
        });
}
