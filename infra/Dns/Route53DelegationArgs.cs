using System.Collections.Immutable;
using Pulumi;

namespace Infra.Dns;

/// <summary>Which zone of Route 53 delegates which domain to whom.</summary>
public sealed class Route53DelegationArgs : ResourceArgs
{
    /// <summary>Public zone of Route 53 above the domain.</summary>
    public required DomainName Parent { get; init; }

    /// <summary>Domain that others answer for.</summary>
    public required DomainName Domain { get; init; }

    /// <summary>Those others.</summary>
    public required Output<ImmutableArray<string>> NameServers { get; init; }
}
