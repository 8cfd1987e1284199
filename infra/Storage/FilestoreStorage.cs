using System.Collections.Immutable;
using Infra.Networks;
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
            throw new ResourceException(
                $"Filestore makes no {args.Tier.Name} instance of {args.CapacityGiB} GiB: take {args.Tier.Sizes}.",
                this,
                hideStack: true);
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
                    new InstanceNetworkArgs
                    {
                        Network = args.Network.ManagedServicesNetworkId,
                        Modes = { "MODE_IPV4" },
                        ConnectMode = "PRIVATE_SERVICE_ACCESS",
                    },
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
                $"Claim '{name}' wants the directory '{args.Directory}', and the driver mounts a Filestore share as a whole: leave the directory out, or let a "
                    + "class make an instance for each claim.",
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

/// <summary>A service tier of Filestore: what it is called, where it stands, and how large its instances are.</summary>
/// <param name="Name">Name in the Filestore API.</param>
/// <param name="ClassParameter">Name in the parameters of a StorageClass.</param>
/// <param name="IsRegional">Replicated over the zones of a region; others stand in one zone.</param>
/// <param name="Bands">Sizes in GiB that an instance may have; it cannot grow out of its band.</param>
public sealed record FilestoreTier(string Name, string ClassParameter, bool IsRegional, ImmutableArray<FilestoreBand> Bands)
{
    private const int Tebibyte = 1024;
    private const int LargestBasic = 65433;
    private const int LargestSmallBand = 9984;

    // gcp-filestore-csi-driver 1.13.1 starts basic HDD at 100 GiB, the provider's reference (9.37) at 1 TiB: the larger one is taken by both.
    public static FilestoreTier BasicHdd { get; } = new("BASIC_HDD", "standard", IsRegional: false, [new(Tebibyte, LargestBasic)]);

    public static FilestoreTier BasicSsd { get; } = new("BASIC_SSD", "premium", IsRegional: false, [new(2560, LargestBasic)]);

    public static FilestoreTier Zonal { get; } = new(
        "ZONAL",
        "zonal",
        IsRegional: false,
        [new(Tebibyte, LargestSmallBand), new(10 * Tebibyte, 100 * Tebibyte)]);

    public static FilestoreTier Regional { get; } = new(
        "REGIONAL",
        "regional",
        IsRegional: true,
        [new(100, LargestSmallBand), new(10 * Tebibyte, 100 * Tebibyte)]);

    public static FilestoreTier Enterprise { get; } = new("ENTERPRISE", "enterprise", IsRegional: true, [new(Tebibyte, 10 * Tebibyte)]);

    public static ImmutableArray<FilestoreTier> All { get; } = [BasicHdd, BasicSsd, Zonal, Regional, Enterprise];

    public int SmallestGiB => Bands[0].SmallestGiB;

    /// <summary>The sizes as a phrase.</summary>
    public string Sizes => string.Join(" or ", Bands.Select(band => $"{band.SmallestGiB} to {band.LargestGiB}"));

    public bool Offers(int gibibytes) => Bands.Any(band => band.Contains(gibibytes));

    public bool Equals(FilestoreTier? other) => other is not null && Name == other.Name;

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);
}

/// <summary>Sizes of Filestore instances between which they can be resized.</summary>
/// <param name="SmallestGiB">Smallest size in GiB.</param>
/// <param name="LargestGiB">Largest size in GiB.</param>
public sealed record FilestoreBand(int SmallestGiB, int LargestGiB)
{
    public bool Contains(int gibibytes) => gibibytes >= SmallestGiB && gibibytes <= LargestGiB;
}
