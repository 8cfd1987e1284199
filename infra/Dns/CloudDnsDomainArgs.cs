using Infra.Accounts;
using Pulumi;

namespace Infra.Dns;

/// <summary>Which names there are, in which zone of Cloud DNS, and where they lead.</summary>
public sealed class CloudDnsDomainArgs : ResourceArgs
{
    public required GcpProject Project { get; init; }

    public required PlatformHosts Hosts { get; init; }

    /// <summary>The zone's domain, at or above every host.</summary>
    public required DomainName Zone { get; init; }

    /// <summary>Name of the managed zone that holds it; null makes one.</summary>
    public string? ManagedZone { get; init; }

    /// <summary>Name of a managed zone in the same project that delegates the new one; null leaves the delegation to whoever owns the parent.</summary>
    public string? ParentManagedZone { get; init; }

    /// <summary>Refuse to delete the zone through Pulumi. Default false.</summary>
    public bool Protected { get; init; }
}
