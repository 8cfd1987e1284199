using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace Protocol;

/// <summary>A plaintext HTTP/2 connection to one gRPC server, for unary calls.</summary>
/// <param name="address"><c>host:port</c>, as in <c>PULUMI_MONITOR</c>.</param>
/// <param name="crowd">How many of the calls that come by the thousands are under way at once.</param>
public sealed class GrpcChannel(string address, int crowd = GrpcChannel.CallsInFlight) : IDisposable
{
    private const int CallsInFlight = 256;

    // Most answers fit
    private const int AnswerBytes = 4096;

    private readonly ConcurrentDictionary<string, Uri> _methods = new(StringComparer.Ordinal);

    // A call that waits here costs a few hundred bytes; one that waits inside HttpClient for a free stream costs kilobytes, times every resource of a large
    // program. An engine works on far fewer at a time (Pulumi: four per processor).
    private readonly SemaphoreSlim _slots = new(CallsInFlight);

    // Of their own: what the other side asks back before it answers one of a crowd must not wait for the crowd
    private readonly SemaphoreSlim _crowd = new(crowd);

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        EnableMultipleHttp2Connections = false,
        // A program's own traces are none of the engine's business, and looking for them takes a step of every call
        ActivityHeadersPropagator = null,
    });

    /// <summary>Sends one request and waits for its answer.</summary>
    /// <param name="method">The full method, for example <c>/pulumirpc.ResourceMonitor/Invoke</c>.</param>
    /// <param name="request">The message to send.</param>
    /// <param name="parser">Reads the answer.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="GrpcException">The server answered with an error, or could not be reached.</exception>
    public Task<TResponse> CallAsync<TResponse>(
        string method,
        IMessage request,
        MessageParser<TResponse> parser,
        CancellationToken cancellation = default)
        where TResponse : IMessage<TResponse> => SendAsync(_slots, method, Frame.Encode(request), parser, cancellation);

    /// <summary>The same for a call that comes by the thousands, as registrations do.</summary>
    /// <exception cref="GrpcException">The server answered with an error, or could not be reached.</exception>
    public Task<TResponse> CallInCrowdAsync<TResponse>(string method, IMessage request, MessageParser<TResponse> parser)
        where TResponse : IMessage<TResponse> => SendAsync(_crowd, method, Frame.Encode(request), parser, CancellationToken.None);

    public void Dispose()
    {
        _http.Dispose();
        _slots.Dispose();
        _crowd.Dispose();
    }

    // The request as its bytes: of messages that wait, each is ten times as large
    private async Task<TResponse> SendAsync<TResponse>(
        SemaphoreSlim slots, string method, byte[] frame, MessageParser<TResponse> parser, CancellationToken cancellation)
        where TResponse : IMessage<TResponse>
    {
        await slots.WaitAsync(cancellation);
        var body = ArrayPool<byte>.Shared.Rent(AnswerBytes);
        try
        {
            using var http = Request(method, frame);
            using var response = await _http.SendAsync(http, cancellation);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                throw new GrpcException(GrpcStatus.Unavailable, $"{method}: HTTP status {(int)response.StatusCode}");
            }
            var (stream, length) = (await response.Content.ReadAsStreamAsync(cancellation), 0);
            while (await stream.ReadAsync(body.AsMemory(length), cancellation) is > 0 and var read)
            {
                length += read;
                if (length == body.Length)
                {
                    body = Larger(body);
                }
            }
            // An answer that is only an error comes with its status among the headers, any other with trailers
            var (status, detail) =
                StatusOf(response.TrailingHeaders) ?? StatusOf(response.Headers) ?? (GrpcStatus.Internal, $"{method}: the answer has no grpc-status");
            return status == GrpcStatus.Ok ? Frame.Decode(body.AsMemory(0, length), parser) : throw new GrpcException(status, detail);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new GrpcException(GrpcStatus.Unavailable, $"{method}: {address} cannot be reached: {e.Message}", e);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(body);
            slots.Release();
        }
    }

    private HttpRequestMessage Request(string method, byte[] frame)
    {
        var uri = _methods.GetOrAdd(method, static (path, server) => new Uri($"http://{server}{path}"), address);
        var content = new ByteArrayContent(frame);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/grpc");
        var request = new HttpRequestMessage(HttpMethod.Post, uri)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        // Without this the server would take the client for one that cannot read the status after the answer
        request.Headers.TryAddWithoutValidation("TE", "trailers");
        return request;
    }

    private static byte[] Larger(byte[] full)
    {
        var larger = ArrayPool<byte>.Shared.Rent(2 * full.Length);
        full.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(full);
        return larger;
    }

    private static (GrpcStatus Status, string Detail)? StatusOf(HttpResponseHeaders headers)
    {
        if (!headers.NonValidated.TryGetValues("grpc-status", out var codes))
        {
            return null;
        }
        var status = int.TryParse(First(codes), NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? (GrpcStatus)code : GrpcStatus.Internal;
        var detail = headers.NonValidated.TryGetValues("grpc-message", out var messages) ? Uri.UnescapeDataString(First(messages)) : status.ToString();
        return (status, detail);
    }

    private static string First(HeaderStringValues values)
    {
        foreach (var value in values)
        {
            return value;
        }
        return "";
    }
}
