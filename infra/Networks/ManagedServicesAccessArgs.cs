using Pulumi;

namespace Infra.Networks;

/// <summary>Which addresses Google's managed services get in which network.</summary>
public sealed class ManagedServicesAccessArgs : ResourceArgs
{
    /// <summary>Full name of the network.</summary>
    public required Input<string> NetworkId { get; init; }

    /// <summary>Addresses that nothing else in the network or its peers has.</summary>
    public required Ipv4Block Block { get; init; }

    /// <summary>Refuse deletion through Pulumi. Default false.</summary>
    public bool Protected { get; init; }
}
