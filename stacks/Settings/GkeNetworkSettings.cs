using Infra.Networks;
using Stacks.Settings.Declaring;
using Stacks.Settings.Rules;

namespace Stacks.Settings;

/// <summary>Which network there is.</summary>
[ExactlyOne(nameof(Create), nameof(Existing))]
public sealed record GkeNetworkSettings
{
    [Setting("A network that this stack makes.")]
    public CreatedGkeNetworkSettings? Create { get; init; }

    [Setting("A network that somebody else made; nothing in it is changed but for firewall rules of the cluster.")]
    public ExistingGkeNetworkSettings? Existing { get; init; }
}

/// <summary>A network that this stack makes.</summary>
public sealed record CreatedGkeNetworkSettings
{
    [Setting("Addresses of the nodes.")]
    public Ipv4Block Nodes { get; init; } = GkeAddressPlan.Default.Nodes;

    [Setting("Addresses of the pods; every node takes a block of them, a /24 for 110 pods.")]
    public Ipv4Block Pods { get; init; } = GkeAddressPlan.Default.Pods;

    [Setting("Addresses of Services.")]
    public Ipv4Block Services { get; init; } = GkeAddressPlan.Default.Services;

    [Setting("Addresses of the control plane: a /28.")]
    public Ipv4Block ControlPlane { get; init; } = GkeAddressPlan.Default.ControlPlane;

    [Setting("Addresses for Memorystore, Filestore and Cloud SQL.")]
    public Ipv4Block ManagedServices { get; init; } = GkeAddressPlan.Default.ManagedServices;

    public GkeAddressPlan Addresses => new(Nodes, Pods, Services, ControlPlane, ManagedServices);
}

/// <summary>A network that somebody else made.</summary>
public sealed record ExistingGkeNetworkSettings
{
    [Setting("Full name of the network.")]
    [GcpPath("networks")]
    public required string Network { get; init; }

    [Setting("Full name of the nodes' subnetwork, in the region of platform:gcp, with Private Google Access and a way out to the internet.")]
    [GcpPath("subnetworks")]
    public required string Subnetwork { get; init; }

    [Setting("Name of the secondary range for pods.", Example = "pods")]
    [GcpName]
    public required string PodsRange { get; init; }

    [Setting("Addresses of that range, to tell how many nodes it is good for.", Absent = "not checked", Example = "10.44.0.0/14")]
    public Ipv4Block? Pods { get; init; }

    [Setting("Name of the secondary range for Services.", Example = "services")]
    [GcpName]
    public required string ServicesRange { get; init; }

    [Setting("Addresses of the control plane: a /28 that nothing in the network or its peers has.")]
    public Ipv4Block ControlPlane { get; init; } = GkeAddressPlan.Default.ControlPlane;

    [Setting("Addresses that Memorystore, Filestore and Cloud SQL get in the network.", Absent = "the network has private services access", Example = "10.41.0.0/16")]
    public Ipv4Block? ManagedServices { get; init; }
}
