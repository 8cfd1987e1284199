using Infra.Networks;
using Pulumi;

namespace Infra.Storage;

/// <summary>What a Filestore instance looks like and who reaches it.</summary>
public sealed class FilestoreStorageArgs : ResourceArgs
{
    public required IGcpNetwork Network { get; init; }

    /// <summary>Physical name (<see cref="Naming.GcpNameRule.FilestoreInstance"/>).</summary>
    public required string InstanceName { get; init; }

    public required FilestoreTier Tier { get; init; }

    /// <summary>A region for regional tiers, a zone for the others.</summary>
    public required string Location { get; init; }

    /// <summary>Size in GiB, in one of the tier's bands.</summary>
    public required int CapacityGiB { get; init; }

    /// <summary>Filestore and Pulumi refuse to delete the instance. Default false.</summary>
    public bool Protected { get; init; }
}
