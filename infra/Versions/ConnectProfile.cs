namespace Infra.Versions;

/// <summary>How connect-proxy and connect-server of some versions are run.</summary>
/// <param name="From">Oldest version that is run so.</param>
/// <param name="HttpPort">Port on which the proxy listens, <c>CONNECT_HTTP_PORT</c>.</param>
/// <param name="ProxyCommand">Command of the proxy container; empty where the image's own is right.</param>
/// <param name="RunsAsRoot">The image needs user 0: it has no other user and binds port 80.</param>
/// <param name="WritableStorage">The proxy keeps its storage in <c>/data</c>, and from 0.8.3 on refuses to start without it.</param>
public sealed record ConnectProfile(
    SemanticVersion From,
    int HttpPort,
    IReadOnlyList<string> ProxyCommand,
    bool RunsAsRoot,
    bool WritableStorage);
