using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace Protocol;

/// <summary>A plaintext HTTP/2 connection to one gRPC server, for unary calls.</summary>
/// <param name="address"><c>host:port</c>, as in <c>PULUMI_MONITOR</c>.</param>
public sealed class GrpcChannel(string address) : IDisposable
{
    private const int CallsInFlight = 256;

    private static readonly MediaTypeHeaderValue ContentType = new("application/grpc");

    /// <summary>Without this the server would take the client for one that cannot read the status after the answer.</summary>
    private static readonly TransferCodingWithQualityHeaderValue Trailers = new("trailers");

    private readonly Uri _server = new($"http://{address}");

    // A call that waits here costs a few hundred bytes; one that waits inside HttpClient for a free stream costs kilobytes, times every resource of a large
    // program. An engine works on far fewer at a time (Pulumi: four per processor).
    private readonly SemaphoreSlim _slots = new(CallsInFlight);

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        EnableMultipleHttp2Connections = false,
    });

    /// <summary>Sends one request and waits for its answer.</summary>
    /// <param name="method">The full method, for example <c>/pulumirpc.ResourceMonitor/RegisterResource</c>.</param>
    /// <param name="request">The message to send.</param>
    /// <param name="parser">Reads the answer.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="GrpcException">The server answered with an error, or could not be reached.</exception>
    public async Task<TResponse> CallAsync<TResponse>(
        string method,
        IMessage request,
        MessageParser<TResponse> parser,
        CancellationToken cancellation = default)
        where TResponse : IMessage<TResponse>
    {
        await _slots.WaitAsync(cancellation);
        try
        {
            return await SendAsync(method, request, parser, cancellation);
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _slots.Dispose();
    }

    private async Task<TResponse> SendAsync<TResponse>(string method, IMessage request, MessageParser<TResponse> parser, CancellationToken cancellation)
        where TResponse : IMessage<TResponse>
    {
        using var http = new HttpRequestMessage(HttpMethod.Post, new Uri(_server, method))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(Frame.Encode(request)) { Headers = { ContentType = ContentType } },
        };
        http.Headers.TE.Add(Trailers);
        try
        {
            using var response = await _http.SendAsync(http, cancellation);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                throw new GrpcException(GrpcStatus.Unavailable, $"{method}: HTTP status {(int)response.StatusCode}");
            }
            var body = await response.Content.ReadAsByteArrayAsync(cancellation);
            // an answer that is only an error comes with its status among the headers, any other with trailers
            var (status, detail) =
                StatusOf(response.TrailingHeaders) ?? StatusOf(response.Headers) ?? (GrpcStatus.Internal, $"{method}: the answer has no grpc-status");
            return status == GrpcStatus.Ok ? Frame.Decode(body, parser) : throw new GrpcException(status, detail);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new GrpcException(GrpcStatus.Unavailable, $"{method}: {address} cannot be reached: {e.Message}", e);
        }
    }

    private static (GrpcStatus Status, string Detail)? StatusOf(HttpResponseHeaders headers)
    {
        if (!headers.TryGetValues("grpc-status", out var codes))
        {
            return null;
        }
        var status = int.TryParse(codes.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? (GrpcStatus)code : GrpcStatus.Internal;
        var detail = headers.TryGetValues("grpc-message", out var messages) ? Uri.UnescapeDataString(messages.First()) : status.ToString();
        return (status, detail);
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
        if (frame.Length < HeaderLength)
        {
            throw new GrpcException(GrpcStatus.Internal, $"a frame has at least {HeaderLength} bytes, this one has {frame.Length}");
        }
        if (frame[0] != 0)
        {
            throw new GrpcException(GrpcStatus.Unimplemented, "the frame is compressed; neither side announced that it reads such frames");
        }
        var length = BinaryPrimitives.ReadInt32BigEndian(frame[1..]);
        if (length != frame.Length - HeaderLength)
        {
            throw new GrpcException(GrpcStatus.Internal, $"a frame of {length} bytes was announced, {frame.Length - HeaderLength} came");
        }
        return parser.ParseFrom(frame[HeaderLength..]);
    }
}
