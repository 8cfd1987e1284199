using System.Collections.Immutable;

namespace Infra.Storage;

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

    public static FilestoreTier Zonal { get; } = new("ZONAL", "zonal", IsRegional: false, [new(Tebibyte, LargestSmallBand), new(10 * Tebibyte, 100 * Tebibyte)]);

    public static FilestoreTier Regional { get; } = new("REGIONAL", "regional", IsRegional: true, [new(100, LargestSmallBand), new(10 * Tebibyte, 100 * Tebibyte)]);

    public static FilestoreTier Enterprise { get; } = new("ENTERPRISE", "enterprise", IsRegional: true, [new(Tebibyte, 10 * Tebibyte)]);

    public static ImmutableArray<FilestoreTier> All { get; } = [BasicHdd, BasicSsd, Zonal, Regional, Enterprise];

    public int SmallestGiB => Bands[0].SmallestGiB;

    /// <summary>The sizes as a phrase.</summary>
    public string Sizes => string.Join(" or ", Bands.Select(band => $"{band.SmallestGiB} to {band.LargestGiB}"));

    public bool Offers(int gibibytes) => Bands.Any(band => band.Contains(gibibytes));

    /// <summary>Whether an instance can grow or shrink from one size to another.</summary>
    public bool CanResize(int from, int to) => Bands.Any(band => band.Contains(from) && band.Contains(to));

    public bool Equals(FilestoreTier? other) => other is not null && Name == other.Name;

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);
}
