using System.Collections.Immutable;
using Infra.Networks;

namespace Infra.Clusters;

/// <summary>How administrators and this program reach the API server of a GKE cluster. From inside the network it can always be reached.</summary>
/// <param name="ByName">A DNS name that answers anywhere, and lets in only whom IAM allows <c>container.clusters.connect</c>.</param>
/// <param name="PublicBlocks">Addresses on the internet from which the public address can be reached; none for no public address.</param>
public sealed record GkeEndpointAccess(bool ByName, ImmutableArray<Ipv4Block> PublicBlocks)
{
    public const bool DefaultByName = true;

    public bool IsPublic => !PublicBlocks.IsEmpty;
}
