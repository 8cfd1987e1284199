using System.Collections.Frozen;
using Rehearsal.Comparing;
using Rehearsal.Graph;

namespace Rehearsal.Auditing;

/// <summary>Which kinds hold what cannot be made again, and what happens to them.</summary>
internal static class StatefulRules
{
    /// <summary>Packages of which <see cref="Kinds"/> is meant to be complete, or that hold nothing at all.</summary>
    private static readonly FrozenSet<string> Known = FrozenSet.Create(StringComparer.Ordinal, "aws", "gcp", "kubernetes", "random", "tls", "pulumi", "time",
        "null", "command", "local");

    /// <summary>Kinds by package; what a cluster, a zone or a key holds is everything that stands in it or was encrypted with it.</summary>
    private static readonly FrozenDictionary<string, FrozenSet<string>> Kinds = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["aws"] =
        [
            "FileSystem", "LustreFileSystem", "OntapFileSystem", "OpenZfsFileSystem", "WindowsFileSystem", "Volume", "Snapshot", "Bucket",
            "BucketV2", "DirectoryBucket", "Instance", "ClusterInstance", "Cluster", "GlobalCluster", "ReplicationGroup", "GlobalReplicationGroup",
            "ServerlessCache", "Table", "GlobalTable", "Domain", "Key", "ReplicaKey", "Vault", "Secret", "Parameter", "Zone", "Repository", "Queue",
            "Stream", "UserPool", "LogGroup", "Trail", "Directory", "Ami", "KeyPair",
        ],
        ["gcp"] =
        [
            "Bucket", "Disk", "RegionDisk", "Snapshot", "Instance", "DatabaseInstance", "Database", "Cluster", "KeyRing", "CryptoKey", "ManagedZone",
            "Dataset", "Table", "Secret", "Repository", "Subscription", "Backup", "BackupVault", "Volume", "StoragePool", "Filesystem", "Index",
        ],
        ["kubernetes"] =
        [
            "PersistentVolumeClaim", "PersistentVolume", "Namespace", "CustomResourceDefinition", "VolumeSnapshot", "VolumeSnapshotContent",
        ],
    }.ToFrozenDictionary(package => package.Key, package => package.Value.ToFrozenSet(StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>Words in the kinds of other packages that mean something which holds data.</summary>
    private static readonly string[] Words =
        ["Database", "Bucket", "Volume", "Disk", "FileSystem", "Filesystem", "FileShare", "Table", "Vault", "Key", "Cluster", "Storage", "Server",
            "Cache", "Snapshot"];

    public static IEnumerable<string> Deleted(ResourceChange change)
        => change is { Kind: ChangeKind.Delete, Old: { RetainOnDelete: false, Custom: true } old } && IsStateful(old.Type) ? [Kept(old)] : [];

    public static IEnumerable<string> Forgotten(ResourceChange change)
        => change is { Kind: ChangeKind.Delete, Old: { RetainOnDelete: true, Custom: true } old } && IsStateful(old.Type) ? [""] : [];

    public static IEnumerable<string> Replaced(ResourceChange change)
        => change is { Kind: ChangeKind.Replace, Old: { } old } && IsStateful(old.Type) ? [$"because of {string.Join(", ", change.Reasons)}"] : [];

    public static IEnumerable<string> ProtectedGone(ResourceChange change)
        => change is { Kind: ChangeKind.Delete or ChangeKind.Replace, Old.Protect: true } ? [""] : [];

    public static IEnumerable<string> UnknownGone(ResourceChange change)
        => change is { Kind: ChangeKind.Delete or ChangeKind.Replace, Old: { Custom: true, RetainOnDelete: false } old }
            && !Known.Contains(Types.Package(old.Type))
            && !IsStateful(old.Type) && !ProviderReference.IsProviderType(old.Type) ? [""] : [];

    private static bool IsStateful(string type) => Kinds.TryGetValue(Types.Package(type), out var kinds) ? kinds.Contains(Types.Kind(type))
        : !Known.Contains(Types.Package(type)) && Array.Exists(Words, word => Types.Kind(type).Contains(word, StringComparison.Ordinal));

    // What a provider does with the last copy when the thing goes
    private static string Kept(ResourceState old) => old.Inputs().IsOn("skipFinalSnapshot") ? "without a final snapshot"
        : old.Inputs().IsOn("forceDestroy") ? "with all that is in it" : "";
}
