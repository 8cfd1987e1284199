using Pulumi;

namespace Infra.Networks;

/// <summary>A VPC network of Google Cloud with the subnetwork of one cluster, made by this program or adopted.</summary>
public interface IGcpNetwork
{
    /// <summary>Full name: <c>projects/&lt;project&gt;/global/networks/&lt;name&gt;</c>.</summary>
    Output<string> NetworkId { get; }

    /// <summary>Full name of the nodes' subnetwork.</summary>
    Output<string> SubnetworkId { get; }

    /// <summary>Secondary range of the pods; null lets GKE choose, as for a cluster that exists.</summary>
    Output<string>? PodsRangeName { get; }

    /// <summary>Secondary range of the Services.</summary>
    Output<string>? ServicesRangeName { get; }

    /// <summary>The network again, resolved only when Google's managed services (Cloud SQL, Memorystore, Filestore) can be placed beside it.</summary>
    Output<string> ManagedServicesNetworkId { get; }
}
