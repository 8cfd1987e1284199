using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Infra.Networks;

/// <summary>A block of IPv4 addresses in CIDR notation, such as <c>10.20.0.0/16</c>; the address part is the block's first address.</summary>
public sealed record Ipv4Block
{
    private const int AddressBits = 32;

    private readonly uint _first;

    private Ipv4Block(uint first, int prefixLength)
    {
        _first = first;
        PrefixLength = prefixLength;
    }

    /// <summary>Leading bits that all addresses of the block share: 0 to 32.</summary>
    public int PrefixLength { get; }

    /// <summary>Number of addresses, including the five that AWS keeps for itself in a subnet.</summary>
    public long Size => 1L << (AddressBits - PrefixLength);

    public string Text => $"{Dotted(_first)}/{PrefixLength}";

    private long Last => _first + Size - 1;

    public static bool TryParse(string? text, [NotNullWhen(true)] out Ipv4Block? block)
    {
        block = null;
        var parts = (text ?? "").Split('/');
        if (parts.Length != 2
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var prefixLength)
            || prefixLength > AddressBits
            || !IPAddress.TryParse(parts[0], out var address)
            || address.AddressFamily != AddressFamily.InterNetwork
            || address.ToString() != parts[0])
        {
            return false;
        }

        var bytes = address.GetAddressBytes();
        var first = ((uint)bytes[0] << 24) | ((uint)bytes[1] << 16) | ((uint)bytes[2] << 8) | bytes[3];
        var candidate = new Ipv4Block(first, prefixLength);
        if (first % candidate.Size != 0)
        {
            return false;
        }

        block = candidate;
        return true;
    }

    public static Ipv4Block Parse(string text) =>
        TryParse(text, out var block)
            ? block
            : throw new FormatException($"'{text}' is not an IPv4 block: it must be the first address and the prefix length, as in '10.20.0.0/16'.");

    public bool Overlaps(Ipv4Block other) => _first <= other.Last && other._first <= Last;

    public bool Contains(Ipv4Block other) => _first <= other._first && other.Last <= Last;

    /// <summary>The <paramref name="index"/>-th of the equal blocks with the given prefix length that this block divides into.</summary>
    public Ipv4Block Part(int prefixLength, int index)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(prefixLength, PrefixLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prefixLength, AddressBits);
        var size = 1L << (AddressBits - prefixLength);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Size / size);
        return new Ipv4Block((uint)(_first + (index * size)), prefixLength);
    }

    /// <summary>The address at a place of the block; 0 is the block's first.</summary>
    public string Address(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Size);
        return Dotted((uint)(_first + index));
    }

    public override string ToString() => Text;

    private static string Dotted(uint address) => $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}";
}
