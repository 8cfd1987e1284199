namespace Infra.Connect;

/// <summary>Limits of connect-proxy's SSH server.</summary>
/// <param name="MaxConnections">Connections at a time; further ones are refused. Default 2000, as Connect's own (0.12).</param>
/// <param name="MaxChannels">Channels at a time in one connection. Default 30, as Connect's own.</param>
/// <param name="HandshakeTimeout">Time that a client has to sign in; whole seconds.</param>
public sealed record ConnectSsh(int MaxConnections, int MaxChannels, TimeSpan HandshakeTimeout)
{
    /// <summary>Connect's own limits: 2000 connections, 30 channels, one minute.</summary>
    public static readonly ConnectSsh Default = new(2000, 30, TimeSpan.FromMinutes(1));
}
