namespace Infra.Connect;

/// <summary>The part of a Redis connection that is plain: what both Connect components must be told alike.</summary>
/// <param name="User">ACL user; null for the default user.</param>
/// <param name="PasswordGiven">Whether the server asks for a password.</param>
/// <param name="Database">Index, 0 to 15. Another than 0 when the Platform uses the same server: it always takes 0.</param>
/// <param name="Prefix">Start of every key; another than the default only when several Connects share a database.</param>
/// <param name="TlsEnabled">Whether the connection is TLS.</param>
/// <param name="SkipVerify">Accept any server certificate.</param>
/// <param name="PrivateAuthority">Whether a certificate authority is mounted at <see cref="ConnectFiles"/>.</param>
/// <param name="ClientCertificate">Whether a client certificate and its key are mounted there.</param>
public sealed record ConnectRedis(
    string? User = null,
    bool PasswordGiven = true,
    int Database = 0,
    string Prefix = ConnectRedis.DefaultPrefix,
    bool TlsEnabled = false,
    bool SkipVerify = false,
    bool PrivateAuthority = false,
    bool ClientCertificate = false)
{
    /// <summary>What Connect itself uses when it is told nothing (connect 0.11).</summary>
    public const string DefaultPrefix = "connect:session";

    /// <summary>Highest index of a Redis server with its default 16 databases.</summary>
    public const int HighestDatabase = 15;
}
