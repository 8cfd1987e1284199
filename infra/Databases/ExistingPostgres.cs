using Infra.Secrets;
using Pulumi;

namespace Infra.Databases;

/// <summary>A PostgreSQL database that is looked after elsewhere.</summary>
/// <param name="host">Host name or address.</param>
/// <param name="port">TCP port.</param>
/// <param name="database">Name of the database.</param>
/// <param name="user">Role that connects and owns the database.</param>
/// <param name="password">Where the role's password lies.</param>
/// <param name="sslMode">libpq's <c>sslmode</c>.</param>
public sealed class ExistingPostgres(string host, int port, string database, string user, SecretKeyRef password, PostgresSslMode sslMode) : IPostgres
{
    public Output<string> Host { get; } = Output.Create(host);

    public Output<int> Port { get; } = Output.Create(port);

    public Output<string> Database { get; } = Output.Create(database);

    public Output<string> User { get; } = Output.Create(user);

    public SecretKeyRef Password => password;

    public PostgresSslMode SslMode => sslMode;

    public SecretKeyRef? CertificateAuthority => null;
}
