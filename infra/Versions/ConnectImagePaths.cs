namespace Infra.Versions;

/// <summary>Where the two Connect images lie in a registry.</summary>
/// <param name="Registry">Host of the vendor's registry.</param>
/// <param name="Proxy">Repository of connect-proxy.</param>
/// <param name="Server">Repository of connect-server.</param>
/// <param name="Deprecated">The vendor has announced its end; pulling from it needs credentials of its own.</param>
public sealed record ConnectImagePaths(string Registry, string Proxy, string Server, bool Deprecated);
