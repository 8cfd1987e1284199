using System.Collections.Immutable;
using Infra.Accounts;
using Pulumi;

namespace Infra.Encryption;

/// <summary>Who may use a key of Google Cloud.</summary>
public sealed class GcpKeyArgs : ResourceArgs
{
    public required GcpProject Project { get; init; }

    /// <summary>Google's service agents that encrypt with it, by their part of the address: <c>container-engine-robot</c>, <c>compute-system</c>.</summary>
    public required ImmutableArray<string> ServiceAgents { get; init; }

    /// <summary>Refuse deletion through Pulumi. Default false.</summary>
    public bool Protected { get; init; }
}
