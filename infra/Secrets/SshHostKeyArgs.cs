using Infra.Manifests;
using Pulumi;

namespace Infra.Secrets;

/// <summary>Where the SSH host key of connect-proxy goes and when it changes.</summary>
public sealed class SshHostKeyArgs : ResourceArgs
{
    public const int DefaultRotation = 1;

    /// <summary>Namespace of connect-proxy.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>Physical name of the Secret. Default <c>connect-ssh-key</c>, the name in Seqera's instructions.</summary>
    public KubernetesName SecretName { get; init; } = KubernetesName.Parse("connect-ssh-key");

    /// <summary>Changing the number makes a new key: every user's SSH client will warn of a changed host. Default 1.</summary>
    public int Rotation { get; init; } = DefaultRotation;

    /// <summary>Refuse to delete or replace the key. Default false.</summary>
    public bool Protected { get; init; }
}
