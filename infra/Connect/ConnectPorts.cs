namespace Infra.Connect;

/// <summary>The TCP ports of connect-proxy and connect-server (Seqera Enterprise 26.1, studios manifests).</summary>
public static class ConnectPorts
{
    /// <summary>Where the proxy takes SSH (default of <c>CONNECT_SSH_ADDR</c>).</summary>
    public const int Ssh = 2222;

    /// <summary>Where the proxy's Service listens.</summary>
    public const int ProxyService = 80;

    /// <summary>Where the server takes new tunnels.</summary>
    public const int Tunnel = 7070;

    /// <summary>Where the server takes the connections of session clients.</summary>
    public const int Listener = 7777;
}
