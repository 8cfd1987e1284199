namespace Infra.Storage;

/// <summary>Sizes of Filestore instances between which they can be resized.</summary>
/// <param name="SmallestGiB">Smallest size in GiB.</param>
/// <param name="LargestGiB">Largest size in GiB.</param>
public sealed record FilestoreBand(int SmallestGiB, int LargestGiB)
{
    public bool Contains(int gibibytes) => gibibytes >= SmallestGiB && gibibytes <= LargestGiB;
}
