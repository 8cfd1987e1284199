namespace Infra.Connect;

/// <summary>The TCP ports of connect-proxy and connect-server (Seqera Enterprise 26.1, studios manifests).</summary>
public static class ConnectPorts
{
    /// <summary>Where the proxy listens; above 1024, so that it needs no root (connect 0.8 and newer).</summary>
    public const int ProxyHttp = 8081;

    /// <summary>Where the proxy's Service listens.</summary>
    public const int ProxyService = 80;

    /// <summary>Where the server takes new tunnels.</summary>
    public const int Tunnel = 7070;

    /// <summary>Where the server takes the connections of session clients.</summary>
    public const int Listener = 7777;
}
