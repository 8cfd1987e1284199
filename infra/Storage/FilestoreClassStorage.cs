using Infra.Manifests;
using Infra.Networks;
using Pulumi;
using Pulumi.Kubernetes.Storage.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Storage.V1;

namespace Infra.Storage;

/// <summary>A StorageClass with which GKE makes a Filestore instance for every claim. The classes that GKE brings know the default network only.</summary>
public sealed class FilestoreClassStorage : ComponentResource, ISharedStorage
{
    private const string Token = "platform:storage:FilestoreClassStorage";

    private readonly FilestoreTier _tier;

    /// <summary>Name of the class; resolves when claims can name it.</summary>
    [Output("storageClassName")]
    public Output<string> StorageClassName { get; private set; }

    public string ClassName { get; }

    public FilestoreClassStorage(string name, FilestoreClassStorageArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        _tier = args.Tier;
        ClassName = args.ClassName;
        var made = new StorageClass(
            name,
            new StorageClassArgs
            {
                Metadata = new ObjectMetaArgs { Name = args.ClassName },
                Provisioner = "filestore.csi.storage.gke.io",
                Parameters =
                {
                    ["tier"] = args.Tier.ClassParameter,
                    ["network"] = args.Network.ManagedServicesNetworkId,
                    ["connect-mode"] = "PRIVATE_SERVICE_ACCESS",
                },
                // An instance is made where the pod that wants it has been scheduled, not in any zone.
                VolumeBindingMode = "WaitForFirstConsumer",
                AllowVolumeExpansion = true,
                ReclaimPolicy = args.Protected ? "Retain" : "Delete",
            },
            // Nothing in a class can be changed but its annotations, and the fixed name cannot exist twice.
            ImmutableFields.Replacing(ImmutableFields.StorageClass, new CustomResourceOptions { Parent = this, DeleteBeforeReplace = true }));
        StorageClassName = made.Metadata.Apply(metadata => metadata.Name);
        RegisterOutputs();
    }

    public SharedClaim Claim(string name, SharedClaimArgs args, ComponentResourceOptions? options = null)
    {
        if (args.Directory.Length > 0)
        {
            throw new ResourceException(
                $"Claim '{args.ClaimName}' asks for the directory '{args.Directory}', but every claim gets a Filestore instance of its own: leave the "
                    + "directory out.",
                this,
                hideStack: true);
        }

        if (!_tier.Offers(GibibytesOf(args.Size)))
        {
            throw new ResourceException(
                $"Claim '{args.ClaimName}' asks for {args.Size}, and Filestore's tier {_tier.Name} has {_tier.Sizes} GiB.", this, hideStack: true);
        }

        return new SharedClaim(name, args, new SharedVolume.Provisioned(ClassName), AfterTheClass(options));
    }

    /// <summary>Whole gibibytes of a claim, rounded up as the driver does.</summary>
    public static int GibibytesOf(Quantity size) => (int)Math.Min(int.MaxValue, Math.Ceiling(size.Amount / (1L << 30)));

    // A claim names the class in plain text, which is no dependency.
    private ComponentResourceOptions AfterTheClass(ComponentResourceOptions? options) =>
        ComponentResourceOptions.Merge(new ComponentResourceOptions { DependsOn = { this } }, options);
}

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
