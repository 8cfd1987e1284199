using Infra.Manifests;
using Infra.Secrets;
using Pulumi;

namespace Infra.Cache;

/// <summary>A Redis server (or Valkey, which speaks the same), in the cluster, managed by a cloud, or existing.</summary>
public interface IRedis
{
    /// <summary>Host name or address without scheme and port.</summary>
    Output<string> Host { get; }

    /// <summary>TCP port, 6379 unless the service says otherwise.</summary>
    Output<int> Port { get; }

    /// <summary>ACL user; null for the server's default user.</summary>
    string? User { get; }

    /// <summary>Where the password lies, in the namespace the server was declared for; null for a server without authentication.</summary>
    SecretKeyRef? Password { get; }

    /// <summary>How to speak TLS; null for plain TCP.</summary>
    RedisTls? Tls { get; }
}

/// <summary>A Redis server that runs as pods in its clients' namespace, so that network rules can name it.</summary>
public interface IRedisPods
{
    /// <summary>Labels of the server's pods.</summary>
    Labels Pods { get; }
}

/// <summary>How a client speaks TLS to a Redis server.</summary>
/// <param name="SkipVerify">Accept any server certificate. Only for servers whose authority cannot be mounted.</param>
/// <param name="CertificateAuthority">
/// PEM bundle that the server's certificate is checked against, in addition to the image's own; absent for public authorities.
/// </param>
/// <param name="ClientCertificate">PEM certificate the client shows; absent where the server asks for none.</param>
/// <param name="ClientKey">PEM key of the client certificate; given exactly when <paramref name="ClientCertificate"/> is.</param>
public sealed record RedisTls(
    bool SkipVerify = false,
    SecretKeyRef? CertificateAuthority = null,
    SecretKeyRef? ClientCertificate = null,
    SecretKeyRef? ClientKey = null);

/// <summary>A Redis server that others run, with its password brought into the clients' namespace.</summary>
public sealed class ExistingRedis : ComponentResource, IRedis
{
    private const string Token = "platform:cache:ExistingRedis";

    /// <summary>The host given in the settings.</summary>
    [Output("host")]
    public Output<string> Host { get; private set; }

    /// <summary>The port given in the settings.</summary>
    [Output("port")]
    public Output<int> Port { get; private set; }

    public string? User { get; }
    public SecretKeyRef? Password { get; }
    public RedisTls? Tls { get; }

    public ExistingRedis(string name, ExistingRedisArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        Password = Given($"{name}-password", Redis.PasswordKey, args.Password, args);
        Host = args.Host;
        Port = Output.Create(args.Port);
        User = args.User;
        Tls = args.Tls is null
            ? null
            : args.Tls with
            {
                CertificateAuthority = Given($"{name}-authority", "ca.crt", args.CertificateAuthority, args) ?? args.Tls.CertificateAuthority,
                ClientCertificate = Given($"{name}-client-certificate", "tls.crt", args.ClientCertificate, args) ?? args.Tls.ClientCertificate,
                ClientKey = Given($"{name}-client-key", "tls.key", args.ClientKey, args) ?? args.Tls.ClientKey,
            };
        RegisterOutputs();
    }

    private SecretKeyRef? Given(string name, string key, Input<string>? value, ExistingRedisArgs args) => value is null
        ? null
        : new GivenSecret(
            name,
            new GivenSecretArgs { Namespace = args.Namespace, Key = key, Value = value },
            new ComponentResourceOptions { Parent = this }).Reference;
}

/// <summary>How to reach a Redis server that others run.</summary>
public sealed class ExistingRedisArgs : ResourceArgs
{
    /// <summary>Namespace of the clients: the password's Secret is made there.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>Host name or address, without scheme and port.</summary>
    public required Input<string> Host { get; init; }

    /// <summary>TCP port. Default <see cref="Redis.DefaultPort"/>.</summary>
    public int Port { get; init; } = Redis.DefaultPort;

    /// <summary>ACL user. Default: the server's default user.</summary>
    public string? User { get; init; }

    /// <summary>Password; treated as secret. Default: the server asks for none.</summary>
    public Input<string>? Password { get; init; }

    /// <summary>How to speak TLS. Default: plain TCP.</summary>
    public RedisTls? Tls { get; init; }

    /// <summary>PEM certificates of the authority that signed the server's. Default: a public one.</summary>
    public Input<string>? CertificateAuthority { get; init; }

    /// <summary>PEM certificate that the client shows. Default: the server asks for none.</summary>
    public Input<string>? ClientCertificate { get; init; }

    /// <summary>PEM key of the client certificate; treated as secret.</summary>
    public Input<string>? ClientKey { get; init; }
}
