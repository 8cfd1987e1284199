using System.Collections.Immutable;
using Pulumi;

namespace Infra.Networks;

/// <summary>Who may open connections to a service, and to which of its ports.</summary>
public sealed class ServiceSecurityGroupArgs : ResourceArgs
{
    public required Input<string> VpcId { get; init; }

    /// <summary>What the group guards; AWS cannot change it, so changing it replaces the group.</summary>
    public required string Description { get; init; }

    public required ImmutableArray<PortRange> Ports { get; init; }

    /// <summary>Security group of the clients. Default none.</summary>
    public Input<string>? ClientGroupId { get; init; }

    /// <summary>Addresses of the clients. Default none.</summary>
    public ImmutableArray<Ipv4Block> ClientBlocks { get; init; } = [];

    /// <summary>The service itself opens connections, to its clients and to the members of this group. Default false: it only answers.</summary>
    public bool TalksBack { get; init; }
}
