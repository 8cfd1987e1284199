using Infra.Manifests;
using Pulumi;
using Pulumi.Tls;

namespace Infra.Secrets;

/// <summary>The ed25519 key that all connect-proxy replicas show to SSH clients and to the sessions behind them.</summary>
public sealed class SshHostKey : ComponentResource
{
    /// <summary>Key inside the Secret: the file name that <c>CONNECT_SSH_KEY_PATH</c> ends in.</summary>
    public const string Key = "ssh-key";

    private const string Token = "platform:secrets:SshHostKey";

    // The name in Seqera's instructions.
    private static readonly KubernetesName PhysicalName = KubernetesName.Parse("connect-ssh-key");

    /// <summary>Physical name of the Secret; resolves when it exists.</summary>
    [Output("secretName")]
    public Output<string> SecretName { get; private set; }

    /// <summary>The public half as <c>SHA256:…</c>, the form of <c>TOWER_DATA_STUDIO_CONNECT_SSH_KEY_FINGERPRINT</c>; resolves when the key exists.</summary>
    [Output("fingerprint")]
    public Output<string> Fingerprint { get; private set; }

    /// <summary>What connect-proxy mounts.</summary>
    public SecretKeyRef Reference { get; }

    public SshHostKey(string name, SshHostKeyArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var pair = RotatedKey.Make(this, $"{name}-pair", new PrivateKeyArgs { Algorithm = "ED25519" }, args.Rotation);
        var text = Output.CreateSecret(pair.PrivateKeyOpenssh);
        var secret = FixedSecret.Make(this, name, PhysicalName, args.Namespace, new() { [Key] = text }, args.Protected);

        SecretName = secret.Metadata.Apply(metadata => metadata.Name);
        Fingerprint = pair.PublicKeyFingerprintSha256;
        Reference = new SecretKeyRef(SecretName, Key, Fingerprint);
        RegisterOutputs();
    }
}

/// <summary>Where the SSH host key of connect-proxy goes and when it changes.</summary>
public sealed class SshHostKeyArgs : ResourceArgs
{
    public const int DefaultRotation = 1;

    /// <summary>Namespace of connect-proxy.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>Changing the number makes a new key: every user's SSH client will warn of a changed host. Default 1.</summary>
    public int Rotation { get; init; } = DefaultRotation;

    /// <summary>Refuse to delete the Secret that holds the key; a rotation changes it in place. Default false.</summary>
    public bool Protected { get; init; }

    [Input("rotation")]
    internal Input<int> ShownRotation => Rotation;
}
