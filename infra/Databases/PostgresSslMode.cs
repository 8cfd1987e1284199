namespace Infra.Databases;

/// <summary>The values of libpq's <c>sslmode</c> (PostgreSQL 17 manual, 32.19.3).</summary>
public enum PostgresSslMode
{
    /// <summary><c>disable</c>: no TLS.</summary>
    Disable,

    /// <summary><c>allow</c>: TLS only if the server insists.</summary>
    Allow,

    /// <summary><c>prefer</c>: TLS if the server offers it.</summary>
    Prefer,

    /// <summary><c>require</c>: TLS, certificate not checked.</summary>
    Require,

    /// <summary><c>verify-ca</c>: TLS, certificate of a trusted authority.</summary>
    VerifyCa,

    /// <summary><c>verify-full</c>: as <see cref="VerifyCa"/>, and the host name must match.</summary>
    VerifyFull,
}
