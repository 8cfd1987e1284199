using Infra.Secrets;
using Pulumi;

namespace Infra.Cache;

/// <summary>A Redis server that somebody else runs, with its password brought into the clients' namespace.</summary>
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
        Password = args.Password is null
            ? null
            : new GivenSecret(
                $"{name}-password",
                new GivenSecretArgs { Namespace = args.Namespace, Key = Redis.PasswordKey, Value = args.Password },
                new ComponentResourceOptions { Parent = this }).Reference;
        Host = args.Host;
        Port = Output.Create(args.Port);
        User = args.User;
        Tls = args.Tls;
        RegisterOutputs();
    }
}
