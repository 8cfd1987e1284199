namespace Infra.Versions;

/// <summary>What belongs to the Platform versions of one row of the matrix.</summary>
/// <param name="From">Oldest Platform version of the row; it ends where the next one begins.</param>
/// <param name="Connect">connect-proxy and connect-server that the vendor pairs with it.</param>
/// <param name="Client">connect-client that the Platform adds to sessions whose image brings none.</param>
/// <param name="Images">Name of the image paths that the vendor used for it.</param>
/// <param name="Catalog">Name of its default templates.</param>
/// <param name="Clouds">Clouds whose compute environments can run sessions; empty for no limit.</param>
public sealed record PlatformRelease(
    SemanticVersion From,
    SemanticVersion Connect,
    SemanticVersion Client,
    string Images,
    string Catalog,
    IReadOnlyList<string> Clouds);
