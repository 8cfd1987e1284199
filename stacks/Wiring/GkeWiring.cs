using System.Collections.Immutable;
using Infra.Clusters;
using Infra.Naming;
using Infra.Networks;
using Pulumi;
using Stacks.Settings;

namespace Stacks.Wiring;

/// <summary>GKE clusters: made with their network, or adopted.</summary>
internal static class GkeWiring
{
    public static GkeCluster Define(GkeClusterSettings settings, GcpWiring gcp, StackContext stack) => new(
        "cluster",
        new GkeClusterArgs
        {
            Access = new GkeEndpointAccess(settings.DnsEndpoint, settings.PublicAccess),
            Channel = settings.Channel,
            ClusterName = settings.Name ?? gcp.Name(GcpNameRule.GkeCluster),
            ControlPlaneBlock = settings.Network.Existing?.ControlPlane ?? settings.Network.Create!.ControlPlane,
            Location = settings.Location ?? GkeLocation.In(gcp.Project.Region),
            Maintenance = settings.Maintenance.Window,
            Network = Network(settings.Network, gcp, stack),
            NodeAccountId = gcp.Name(GcpNameRule.ServiceAccount, "nodes"),
            PodsPerNode = settings.PodsPerNode,
            Pools = [.. settings.NodePools.Select(pool => Pool(pool.Key, pool.Value))],
            Project = gcp.Project,
            Protected = stack.Protected,
            SecurityGroup = settings.SecurityGroup,
            Version = GkeVersion.Find(settings.Version)!,
        },
        gcp.Options());

    public static AdoptedGkeCluster Adopt(AdoptedGkeSettings settings, GcpWiring gcp, StackContext stack) => new(
        "cluster",
        new AdoptedGkeClusterArgs
        {
            ClusterName = settings.Name,
            Location = settings.Location ?? GkeLocation.In(gcp.Project.Region),
            ManagedServicesBlock = settings.ManagedServices,
            Project = gcp.Project,
            Protected = stack.Protected,
        },
        gcp.Options());

    private static IGcpNetwork Network(GkeNetworkSettings settings, GcpWiring gcp, StackContext stack) => settings switch
    {
        { Existing: { } existing } => Existing(existing, gcp, stack),
        { Create: { } create } => new GcpNetwork(
            "network", new GcpNetworkArgs { Project = gcp.Project, Addresses = create.Addresses, Protected = stack.Protected }, gcp.Options()),
        _ => throw new RunException("platform:cluster.gke.network names no kind of network."),
    };

    private static ExistingGcpNetwork Existing(ExistingGkeNetworkSettings settings, GcpWiring gcp, StackContext stack)
    {
        var network = Output.Create(settings.Network);
        var managedServices = settings.ManagedServices is { } block
            ? new ManagedServicesAccess(
                "network-managed-services", new ManagedServicesAccessArgs { NetworkId = network, Block = block, Protected = stack.Protected }, gcp.Options())
            : null;
        return new ExistingGcpNetwork(network, Output.Create(settings.Subnetwork), settings.PodsRange, settings.ServicesRange, managedServices);
    }

    private static GkeNodePool Pool(string name, GkeNodePoolSettings settings) => new(name, settings.MachineType)
    {
        DiskGiB = settings.DiskGiB,
        Labels = settings.Labels.ToImmutableDictionary(),
        Maximum = settings.Maximum,
        Minimum = settings.Minimum,
        Spot = settings.Spot,
        Taints = [.. settings.Taints.Select(taint => new NodeTaint(taint.Key, taint.Value, taint.Effect))],
    };
}
