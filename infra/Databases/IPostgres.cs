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

    /// <summary>PEM bundle for <see cref="PostgresSslMode.VerifyCa"/> and <see cref="PostgresSslMode.VerifyFull"/>; null for authorities the client's image already trusts.</summary>
    SecretKeyRef? CertificateAuthority { get; }
}
