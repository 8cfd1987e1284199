using Pulumi;

namespace Infra.Storage;

/// <summary>A StorageClass of the cluster whose driver supports <c>ReadWriteMany</c>; each claim gets a volume of its own.</summary>
public sealed class ExistingClassStorage(string storageClassName) : ISharedStorage
{
    public SharedClaim Claim(string name, SharedClaimArgs args, ComponentResourceOptions? options = null)
    {
        if (args.Directory.Length > 0)
        {
            throw new RunException(
                $"Claim '{args.ClaimName}' asks for the directory '{args.Directory}', but StorageClass '{storageClassName}' provisions an empty volume for every claim: leave the directory out.");
        }

        return new SharedClaim(name, args, new SharedVolume.Provisioned(storageClassName), options);
    }
}
