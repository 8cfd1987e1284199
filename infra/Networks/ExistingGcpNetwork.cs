using Pulumi;

namespace Infra.Networks;

/// <summary>A network of Google Cloud that somebody else made; nothing in it is changed.</summary>
public sealed class ExistingGcpNetwork : IGcpNetwork
{
    /// <summary>Names what there is.</summary>
    /// <param name="networkId">Full name of the network.</param>
    /// <param name="subnetworkId">Full name of the nodes' subnetwork.</param>
    /// <param name="podsRangeName">Secondary range of the pods; null where the cluster exists and has one.</param>
    /// <param name="servicesRangeName">Secondary range of the Services; null where the cluster exists and has one.</param>
    /// <param name="managedServices">Private services access that this program adds; null where the network has it.</param>
    public ExistingGcpNetwork(
        Output<string> networkId, Output<string> subnetworkId, string? podsRangeName = null, string? servicesRangeName = null, ManagedServicesAccess? managedServices = null)
    {
        NetworkId = networkId;
        ManagedServicesNetworkId = managedServices?.NetworkId ?? networkId;
        SubnetworkId = subnetworkId;
        PodsRangeName = podsRangeName is null ? null : Output.Create(podsRangeName);
        ServicesRangeName = servicesRangeName is null ? null : Output.Create(servicesRangeName);
    }

    public Output<string> NetworkId { get; }

    public Output<string> SubnetworkId { get; }

    public Output<string>? PodsRangeName { get; }

    public Output<string>? ServicesRangeName { get; }

    public Output<string> ManagedServicesNetworkId { get; }
}
