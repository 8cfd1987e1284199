using Pulumi;

namespace Infra.Dns;

/// <summary>Where the platform's names are kept, and which they are.</summary>
public sealed class Route53DomainArgs : ResourceArgs
{
    public required PlatformHosts Hosts { get; init; }

    /// <summary>The zone, at or above every host.</summary>
    public required DomainName Zone { get; init; }

    /// <summary>Make the zone. Default false: it exists, and is public.</summary>
    public bool CreateZone { get; init; }

    /// <summary>Existing zone in the same account that delegates the new one; null leaves the delegation to whoever owns the parent.</summary>
    public DomainName? ParentZone { get; init; }

    /// <summary>A certificate that exists, by ARN and names; null has one issued.</summary>
    public Certificate.Acm? ExistingCertificate { get; init; }

    /// <summary>Refuse to delete the zone through Pulumi. Default false.</summary>
    public bool Protected { get; init; }
}
