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

/// <summary>A PostgreSQL server that others run, with the password of its role brought into the clients' namespace.</summary>
public sealed class ExistingPostgres : ComponentResource, IPostgres
{
    private const string Token = "platform:databases:ExistingPostgres";

    /// <summary>The host given in the settings.</summary>
    [Output("host")]
    public Output<string> Host { get; private set; }

    public Output<int> Port { get; }
    public Output<string> Database { get; }
    public Output<string> User { get; }
    public SecretKeyRef Password { get; }
    public PostgresSslMode SslMode { get; }
    public SecretKeyRef? CertificateAuthority { get; }

    public ExistingPostgres(string name, ExistingPostgresArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        Host = Output.Create(args.Host);
        Port = Output.Create(args.Port);
        Database = Output.Create(args.Database);
        User = Output.Create(args.User);
        SslMode = args.SslMode;
        Password = args.Password is { } password
            ? PostgresSecrets.Password(this, name, args.Namespace, password)
            : PostgresSecrets.Existing(args.PasswordSecret ?? throw new ArgumentException("Neither a password nor its Secret is given.", nameof(args)));
        CertificateAuthority = args.CertificateAuthority is { } authority
            ? PostgresSecrets.CertificateAuthority(this, name, args.Namespace, authority)
            : null;
        RegisterOutputs();
    }
}

/// <summary>How to reach a PostgreSQL server that others run.</summary>
public sealed class ExistingPostgresArgs : ResourceArgs
{
    public const int DefaultPort = 5432;
    public const string DefaultDatabase = "workbench";
    public const string DefaultUser = "workbench";
    public const PostgresSslMode DefaultSslMode = PostgresSslMode.Require;

    /// <summary>Namespace of the clients, where password and authority go.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>Host name or IPv4 address, without scheme and port.</summary>
    public required string Host { get; init; }

    /// <summary>TCP port. Default 5432.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>Name of the database, which is there already.</summary>
    public required string Database { get; init; }

    /// <summary>Role that connects; it may make tables there.</summary>
    public required string User { get; init; }

    /// <summary>Password of the role; treated as secret. Default: a Secret that others look after holds it.</summary>
    public Input<string>? Password { get; init; }

    /// <summary>Name of a Secret in the namespace of the clients whose key <c>password</c> holds the password. Default: it is given here.</summary>
    public string? PasswordSecret { get; init; }

    /// <summary>How to speak TLS. Default require.</summary>
    public PostgresSslMode SslMode { get; init; } = DefaultSslMode;

    /// <summary>PEM certificates of the authority that signed the server's. Default: one that the client's image trusts.</summary>
    public Input<string>? CertificateAuthority { get; init; }
}

/// <summary>The major versions of servers that this program makes.</summary>
public static class PostgresVersions
{
    /// <summary>Both clouds make it, and an upgrade from an older one can be had in place.</summary>
    public const int Default = 17;
}

/// <summary>What clients of a PostgreSQL server read: one Secret for the password, one for the authority.</summary>
internal static class PostgresSecrets
{
    private const string PasswordKey = "password";
    private const string AuthorityKey = "ca.crt";

    public static SecretKeyRef Password(Resource parent, string name, Input<string> clientNamespace, Input<string> value) =>
        Given(parent, $"{name}-password", PasswordKey, clientNamespace, value);

    /// <summary>A Secret that others look after: what is in it changes without notice.</summary>
    public static SecretKeyRef Existing(string secretName) => new(Output.Create(secretName), PasswordKey, Output.Create(secretName));

    public static SecretKeyRef CertificateAuthority(Resource parent, string name, Input<string> clientNamespace, Input<string> value) =>
        Given(parent, $"{name}-authority", AuthorityKey, clientNamespace, value);

    private static SecretKeyRef Given(Resource parent, string name, string key, Input<string> clientNamespace, Input<string> value) => new GivenSecret(
        name,
        new GivenSecretArgs { Namespace = clientNamespace, Key = key, Value = value },
        new ComponentResourceOptions { Parent = parent }).Reference;
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
