using Infra.Secrets;
using Pulumi;

namespace Infra.Databases;

/// <summary>A PostgreSQL database, managed by a cloud or existing.</summary>
public interface IPostgres
{
    /// <summary>Host name or address without port.</summary>
    Output<string> Host { get; }

    /// <summary>TCP port, 5432 unless the service says otherwise.</summary>
    Output<int> Port { get; }

    /// <summary>Name of the database.</summary>
    Output<string> Database { get; }

    /// <summary>Role that connects.</summary>
    Output<string> User { get; }

    /// <summary>Where the role's password lies, in the namespace the database was declared for.</summary>
    SecretKeyRef Password { get; }

    /// <summary>libpq's <c>sslmode</c>.</summary>
    PostgresSslMode SslMode { get; }

    /// <summary>
    /// PEM bundle for <see cref="PostgresSslMode.VerifyCa"/> and <see cref="PostgresSslMode.VerifyFull"/>; null for authorities the client's image already
    /// trusts.
    /// </summary>
    SecretKeyRef? CertificateAuthority { get; }
}

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
