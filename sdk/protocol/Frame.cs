using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Google.Protobuf;

namespace Protocol;

/// <summary>gRPC's framing of one message: a compressed flag (1 byte), the length (4 bytes, big endian), the message.</summary>
/// <remarks>An <c>Empty</c> message is <c>00 00000000</c>; a request <c>{id: "secrets"}</c> is <c>00 00000009 0a07 73656372657473</c>.</remarks>
public static class Frame
{
    private const int HeaderLength = 5;

    public static byte[] Encode(IMessage message)
    {
        var length = message.CalculateSize();
        var frame = new byte[HeaderLength + length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), length);
        message.WriteTo(frame.AsSpan(HeaderLength));
        return frame;
    }

    /// <summary>The same without an array of its own.</summary>
    public static void Write(IBufferWriter<byte> writer, IMessage message)
    {
        var header = writer.GetSpan(HeaderLength);
        header[0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(header[1..], message.CalculateSize());
        writer.Advance(HeaderLength);
        message.WriteTo(writer);
    }

    /// <summary>The message inside a frame.</summary>
    /// <exception cref="GrpcException">The bytes are not exactly one uncompressed frame.</exception>
    public static T Decode<T>(ReadOnlyMemory<byte> frame, MessageParser<T> parser)
        where T : IMessage<T> => DeepMessage.Parse(parser, Unwrap(new(frame)));

    /// <summary>The bytes of the message inside a frame, where they are.</summary>
    /// <exception cref="GrpcException">The bytes are not exactly one uncompressed frame.</exception>
    public static ReadOnlySequence<byte> Unwrap(ReadOnlySequence<byte> frame)
    {
        if (frame.Length < HeaderLength)
        {
            throw new GrpcException(GrpcStatus.Internal, $"a frame has at least {HeaderLength} bytes, this one has {frame.Length}");
        }
        Span<byte> header = stackalloc byte[HeaderLength];
        frame.Slice(0, HeaderLength).CopyTo(header);
        if (header[0] != 0)
        {
            throw new GrpcException(GrpcStatus.Unimplemented, "the frame is compressed; neither side announced that it reads such frames");
        }
        var length = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        return length == frame.Length - HeaderLength
            ? frame.Slice(HeaderLength)
            : throw new GrpcException(GrpcStatus.Internal, $"a frame of {length} bytes was announced, {frame.Length - HeaderLength} came");
    }
}

/// <summary>The gRPC status codes that a Pulumi engine or program answers with.</summary>
public enum GrpcStatus
{
    Ok = 0,
    Cancelled = 1,
    Unknown = 2,
    InvalidArgument = 3,
    Unimplemented = 12,
    Internal = 13,
    Unavailable = 14,
}

/// <summary>A call that was answered with a status other than <see cref="GrpcStatus.Ok"/>.</summary>
/// <param name="status">What the other side answered, or <see cref="GrpcStatus.Unavailable"/> when it could not be reached.</param>
/// <param name="detail">The other side's own words.</param>
/// <param name="cause">What went wrong below the call, if anything.</param>
public sealed class GrpcException(GrpcStatus status, string detail, Exception? cause = null) : Exception(detail, cause)
{
    public GrpcStatus Status { get; } = status;
}

/// <summary>The text of a status, as gRPC carries it (grpc/grpc, doc/PROTOCOL-HTTP2.md).</summary>
public static class GrpcMessage
{
    /// <summary>A status text for a header: bytes outside <c>0x20</c> to <c>0x7e</c>, and the percent sign, as <c>%XX</c> of its UTF-8.</summary>
    public static string Encode(string text)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            if (octet is >= 0x20 and <= 0x7e and not (byte)'%')
            {
                encoded.Append((char)octet);
            }
            else
            {
                encoded.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
            }
        }
        return encoded.ToString();
    }
}
