using System.Collections.Immutable;
using Infra.Networks;

namespace Infra.Clusters;

/// <summary>From where the API server can be reached. It always can from inside the VPC.</summary>
/// <param name="PublicBlocks">Addresses on the internet that may connect too; none keeps the API server private.</param>
public sealed record EksEndpointAccess(ImmutableArray<Ipv4Block> PublicBlocks)
{
    public static EksEndpointAccess Private { get; } = new([]);

    public bool IsPublic => !PublicBlocks.IsEmpty;
}
