using Infra.Manifests;
using Pulumi;

namespace Infra.Storage;

/// <summary>What a consumer of shared storage asks for.</summary>
public sealed class SharedClaimArgs : ResourceArgs
{
    /// <summary>Physical name of the claim: pod templates and vendors' forms refer to it.</summary>
    public required KubernetesName ClaimName { get; init; }

    /// <summary>Namespace of the pods that mount it.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>Requested capacity; elastic file systems take it as a label only.</summary>
    public required Quantity Size { get; init; }

    /// <summary>
    /// Directory on the storage that becomes the root of the claim, relative and without "..": two claims with different
    /// directories do not see each other's files. Default: the root of the storage, or a fresh volume where a class provisions one.
    /// </summary>
    public string Directory { get; init; } = "";

    /// <summary>
    /// User and group that every file belongs to, whoever writes it, on storage that can force one (EFS): for consumers that run as this user.
    /// Default null: files belong to whoever writes them, and the consumer may change their owner.
    /// </summary>
    public int? UserId { get; init; }

    /// <summary>Refuse deletion through Pulumi and keep the objects when they leave the program. Default: neither.</summary>
    public bool Protected { get; init; }
}
