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
            // An answer that is only an error comes with its status among the headers, any other with trailers
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
