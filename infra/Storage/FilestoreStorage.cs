using Pulumi;
using Pulumi.Gcp.Filestore;
using Pulumi.Gcp.Filestore.Inputs;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Storage;

/// <summary>
/// A Filestore instance that this program owns; every claim is the whole share. Stateful: it honours <see cref="FilestoreStorageArgs.Protected"/>.
/// </summary>
public sealed class FilestoreStorage : ComponentResource, ISharedStorage
{
    private const string Token = "platform:storage:FilestoreStorage";
    private const string Driver = "filestore.csi.storage.gke.io";

    // Filestore API reference, FileShareConfig: up to 16 characters for basic tiers.
    private const string Share = "platform";

    private readonly Instance _instance;

    /// <summary>Address of the NFS server; resolves when it answers.</summary>
    [Output("server")]
    public Output<string> Server { get; private set; }

    public FilestoreStorage(string name, FilestoreStorageArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        if (!args.Tier.Offers(args.CapacityGiB))
        {
            throw new ResourceException($"Filestore makes no {args.Tier.Name} instance of {args.CapacityGiB} GiB: take {args.Tier.Sizes}.", this, hideStack: true);
        }

        _instance = new Instance(
            name,
            new InstanceArgs
            {
                Name = args.InstanceName,
                Tier = args.Tier.Name,
                Location = args.Location,
                FileShares = new InstanceFileSharesArgs { Name = Share, CapacityGb = args.CapacityGiB },
                Networks =
                {
                    new InstanceNetworkArgs { Network = args.Network.ManagedServicesNetworkId, Modes = { "MODE_IPV4" }, ConnectMode = "PRIVATE_SERVICE_ACCESS" },
                },
                DeletionProtectionEnabled = args.Protected,
            },
            new CustomResourceOptions { Parent = this, Protect = args.Protected, RetainOnDelete = args.Protected });
        Server = _instance.Networks.Apply(networks => networks[0].IpAddresses[0]);
        RegisterOutputs();
    }

    public SharedClaim Claim(string name, SharedClaimArgs args, ComponentResourceOptions? options = null)
    {
        if (args.Directory.Length > 0)
        {
            throw new ResourceException(
                $"Claim '{name}' wants the directory '{args.Directory}', and the driver mounts a Filestore share as a whole: leave the directory out, or let a class make an instance for each claim.",
                this,
                hideStack: true);
        }

        var volume = new SharedVolume.Static
        {
            Csi = new CSIPersistentVolumeSourceArgs
            {
                Driver = Driver,
                VolumeHandle = Output.Format($"modeInstance/{_instance.Location}/{_instance.Name}/{Share}"),
                VolumeAttributes = { ["ip"] = Server, ["volume"] = Share },
            },
        };
        return new SharedClaim(name, args, volume, options);
    }
}
