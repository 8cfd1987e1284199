using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Protocol;

/// <summary>gRPC's rules for a frame of bytes and for the text of a status (grpc/grpc, doc/PROTOCOL-HTTP2.md).</summary>
public static class GrpcMessage
{
    /// <summary>The message inside one uncompressed frame.</summary>
    /// <exception cref="GrpcException">The bytes are not exactly that.</exception>
    public static ReadOnlySequence<byte> Unframe(ReadOnlySequence<byte> body)
    {
        if (body.Length < Frame.HeaderLength) throw new GrpcException(GrpcStatus.Internal, $"a frame has at least {Frame.HeaderLength} bytes, this one has {body.Length}");
        Span<byte> header = stackalloc byte[Frame.HeaderLength];
        body.Slice(0, Frame.HeaderLength).CopyTo(header);
        if (header[0] != 0) throw new GrpcException(GrpcStatus.Unimplemented, "the frame is compressed; this server announced no encoding");
        var length = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        return length == body.Length - Frame.HeaderLength
            ? body.Slice(Frame.HeaderLength)
            : throw new GrpcException(GrpcStatus.Internal, $"a frame of {length} bytes was announced, {body.Length - Frame.HeaderLength} came");
    }

    /// <summary>A status text for a header: bytes outside <c>0x20</c> to <c>0x7e</c>, and the percent sign, as <c>%XX</c> of its UTF-8.</summary>
    public static string Encode(string text)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            if (b is >= 0x20 and <= 0x7e and not (byte)'%') encoded.Append((char)b);
            else encoded.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }
        return encoded.ToString();
    }
}
