using System.Buffers.Binary;
using Google.Protobuf;

namespace Protocol;

/// <summary>gRPC's framing of one message: a compressed flag (1 byte), the length (4 bytes, big endian), the message.</summary>
/// <remarks>An <c>Empty</c> message is <c>00 00000000</c>; a request <c>{id: "secrets"}</c> is <c>00 00000009 0a07 73656372657473</c>.</remarks>
public static class Frame
{
    public const int HeaderLength = 5;

    public static byte[] Encode(IMessage message)
    {
        var length = message.CalculateSize();
        var frame = new byte[HeaderLength + length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), length);
        message.WriteTo(frame.AsSpan(HeaderLength));
        return frame;
    }

    /// <summary>The message inside a frame.</summary>
    /// <exception cref="GrpcException">The bytes are not exactly one uncompressed frame.</exception>
    public static T Decode<T>(ReadOnlySpan<byte> frame, MessageParser<T> parser)
        where T : IMessage<T>
    {
        if (frame.Length < HeaderLength) throw new GrpcException(GrpcStatus.Internal, $"a frame has at least {HeaderLength} bytes, this one has {frame.Length}");
        if (frame[0] != 0) throw new GrpcException(GrpcStatus.Unimplemented, "the frame is compressed; neither side announced that it reads such frames");
        var length = BinaryPrimitives.ReadInt32BigEndian(frame[1..]);
        if (length != frame.Length - HeaderLength) throw new GrpcException(GrpcStatus.Internal, $"a frame of {length} bytes was announced, {frame.Length - HeaderLength} came");
        return parser.ParseFrom(frame[HeaderLength..]);
    }
}
