using Infra.Networks;
using Pulumi;

namespace Infra.Storage;

/// <summary>What instances a StorageClass of Filestore makes.</summary>
public sealed class FilestoreClassStorageArgs : ResourceArgs
{
    public required IGcpNetwork Network { get; init; }

    /// <summary>Name of the class.</summary>
    public required string ClassName { get; init; }

    public required FilestoreTier Tier { get; init; }

    /// <summary>Keep an instance whose claim is deleted. Default false.</summary>
    public bool Protected { get; init; }
}
