using Infra.Storage;
using Pulumi;
using Stacks.Settings;

namespace Stacks.Wiring;

/// <summary>Picks the shared storage; nothing else asks which one it is.</summary>
internal static class StorageWiring
{
    public static ISharedStorage Define(StorageSettings settings) => settings switch
    {
        { Nfs: { } nfs } => new NfsStorage(nfs.Server, nfs.Path, nfs.MountOptions),
        { ExistingClass: { } existing } => new ExistingClassStorage(existing.StorageClassName),
        { HostPath: { } hostPath } => new HostPathStorage(hostPath.Path, hostPath.SingleNodeDemo),
        _ => throw new RunException("platform:storage names no kind of storage."),
    };
}
