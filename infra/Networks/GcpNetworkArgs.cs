using Infra.Accounts;
using Pulumi;

namespace Infra.Networks;

/// <summary>What the network of a GKE cluster looks like.</summary>
public sealed class GcpNetworkArgs : ResourceArgs
{
    public required GcpProject Project { get; init; }

    public required GkeAddressPlan Addresses { get; init; }

    /// <summary>Refuse deletion through Pulumi. Default false.</summary>
    public bool Protected { get; init; }
}
