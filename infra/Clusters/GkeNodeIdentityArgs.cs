using Infra.Accounts;
using Pulumi;

namespace Infra.Clusters;

/// <summary>Whose account the nodes of a cluster get.</summary>
public sealed class GkeNodeIdentityArgs : ResourceArgs
{
    public required GcpProject Project { get; init; }

    /// <summary>Part of the account's address before the @ (<see cref="Naming.GcpNameRule.ServiceAccount"/>).</summary>
    public required string AccountId { get; init; }

    /// <summary>What people read beside it.</summary>
    public required string Description { get; init; }
}
