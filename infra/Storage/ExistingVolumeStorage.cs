using Pulumi;

namespace Infra.Storage;

/// <summary>A PersistentVolume that somebody else made, with <c>ReadWriteMany</c> among its access modes; one claim binds it.</summary>
/// <param name="volumeName">Name of the volume.</param>
/// <param name="storageClassName">Class that the volume names; empty for a volume without one.</param>
public sealed class ExistingVolumeStorage(string volumeName, string storageClassName = "") : ISharedStorage
{
    public SharedClaim Claim(string name, SharedClaimArgs args, ComponentResourceOptions? options = null)
    {
        if (args.Directory.Length > 0)
        {
            throw new RunException(
                $"Claim '{args.ClaimName}' asks for the directory '{args.Directory}', but the volume '{volumeName}' decides itself what its root is: leave the directory out.");
        }

        return new SharedClaim(name, args, new SharedVolume.Existing(volumeName, storageClassName), options);
    }
}
