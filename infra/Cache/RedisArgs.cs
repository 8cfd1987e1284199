using System.Collections.Immutable;
using Infra.Manifests;
using Pulumi;

namespace Infra.Cache;

/// <summary>Size, place and clients of the in-cluster Redis.</summary>
public sealed class RedisArgs : ResourceArgs
{
    public static readonly Quantity DefaultMemory = Quantity.Parse("512Mi");
    public static readonly Quantity DefaultStorageSize = Quantity.Parse("8Gi");
    public const int DefaultPasswordRotation = 1;

    /// <summary>Namespace of the server and of its clients.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>Labels of the pods that may connect; everybody else is kept out. An empty list lets nobody in.</summary>
    public required ImmutableArray<Labels> Clients { get; init; }

    /// <summary>Physical name of Service, StatefulSet and account, and the host name clients use. Default <c>redis</c>.</summary>
    public KubernetesName ServiceName { get; init; } = KubernetesName.Parse("redis");

    /// <summary>Image. Default <see cref="RedisImage.Default"/>.</summary>
    public ImageReference Image { get; init; } = RedisImage.Default;

    /// <summary>Mirror to take the image from: a host, optionally with a path. Default: the registry of <see cref="Image"/>.</summary>
    public string? Registry { get; init; }

    /// <summary>Names of image pull Secrets in the namespace. Default none.</summary>
    public ImmutableArray<string> PullSecrets { get; init; } = [];

    /// <summary>Memory of the container, of which 70 % is for data. Default 512Mi; Seqera's figure for a shared production server is 6Gi.</summary>
    public Quantity Memory { get; init; } = DefaultMemory;

    /// <summary>Cores the container is scheduled with. Default 100m.</summary>
    public Quantity Cpu { get; init; } = Quantity.Parse("100m");

    /// <summary>Size of the volume. Default 8Gi; an append-only file grows to a few times the data before it is rewritten.</summary>
    public Quantity StorageSize { get; init; } = DefaultStorageSize;

    /// <summary>StorageClass of the volume, <c>ReadWriteOnce</c>. Default: the cluster's default class.</summary>
    public string? StorageClassName { get; init; }

    /// <summary>Changing the number makes a new password and restarts server and clients. Default 1.</summary>
    public int PasswordRotation { get; init; } = DefaultPasswordRotation;

    /// <summary>Refuse to delete password and server, and keep the volume when the server goes. Default false.</summary>
    public bool Protected { get; init; }
}
