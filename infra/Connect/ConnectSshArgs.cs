using Infra.Secrets;
using Pulumi;

namespace Infra.Connect;

/// <summary>SSH through connect-proxy.</summary>
public sealed class ConnectSshArgs : ResourceArgs
{
    /// <summary>The one key that all replicas show.</summary>
    public required SecretKeyRef HostKey { get; init; }

    /// <summary>Limits. Default Connect's own.</summary>
    public ConnectSsh Limits { get; init; } = ConnectSsh.Default;
}
