using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Rehearsal.Providers.TlsValues;

/// <summary>Writes the fields of SSH messages (RFC 4251, section 5).</summary>
internal sealed class SshWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public int Length => _bytes.WrittenCount;

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    public SshWriter Raw(ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    public SshWriter Number(uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return Raw(bytes);
    }

    public SshWriter Text(ReadOnlySpan<byte> bytes) => Number((uint)bytes.Length).Raw(bytes);

    public SshWriter Text(string text) => Text(Encoding.ASCII.GetBytes(text));

    /// <summary>A positive whole number: no leading zeros, but one when the highest bit is set.</summary>
    public SshWriter BigNumber(ReadOnlySpan<byte> unsigned)
    {
        unsigned = unsigned.TrimStart((byte)0);
        return unsigned.Length > 0 && unsigned[0] >= 0x80 ? Number((uint)unsigned.Length + 1).Raw([0]).Raw(unsigned) : Text(unsigned);
    }
}
