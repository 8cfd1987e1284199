using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Text;
using Google.Protobuf;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Protocol;

namespace Rehearsal.Services;

/// <summary>A loopback port that speaks gRPC: plaintext HTTP/2, unary calls, no compression.</summary>
/// <remarks>Kestrel runs without a host (configuration, container, log), so that it listens some tens of milliseconds after the process starts.</remarks>
internal sealed class GrpcServer : IAsyncDisposable, IHttpApplication<HttpContext>
{
    // SDKs send all they have at once; what is above this waits with its sender, where it costs least (Kestrel's default is 100)
    private const int CallsPerConnection = 1000;

    // One registration may carry a file; Pulumi's own limit for a message is 400 MiB, the window only says how much travels unread
    private const int WindowBytes = 8 * 1024 * 1024;

    private readonly FrozenDictionary<string, Verb> _verbs;
    private readonly Action<string, Exception> _unexpected;
    private readonly KestrelServer _kestrel;

    /// <summary>A server that does not listen yet.</summary>
    /// <param name="verbs">The calls it answers; any other is answered with UNIMPLEMENTED.</param>
    /// <param name="unexpected">Told of failures of the engine itself.</param>
    public GrpcServer(IEnumerable<Verb> verbs, Action<string, Exception> unexpected)
    {
        _verbs = verbs.ToFrozenDictionary(v => v.Method, StringComparer.Ordinal);
        _unexpected = unexpected;
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxRequestBodySize = null;
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.Http2.MaxStreamsPerConnection = CallsPerConnection;
        options.Limits.Http2.InitialConnectionWindowSize = WindowBytes;
        options.Limits.Http2.InitialStreamWindowSize = WindowBytes;
        options.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        var log = NullLoggerFactory.Instance;
        _kestrel = new KestrelServer(Options.Create(options), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), log), log);
    }

    /// <summary><c>127.0.0.1:port</c>, once it listens.</summary>
    public string Address { get; private set; } = "";

    public async Task StartAsync(CancellationToken cancellation)
    {
        await _kestrel.StartAsync(this, cancellation);
        Address = new Uri(_kestrel.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single()).Authority;
    }

    public async ValueTask DisposeAsync()
    {
        // Calls still in flight belong to a program that is gone
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _kestrel.StopAsync(now.Token);
        _kestrel.Dispose();
    }

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        context.Response.ContentType = "application/grpc";
        var (status, detail) = (GrpcStatus.Ok, "");
        try
        {
            var answer = await AnswerAsync(context);
            WriteFrame(context.Response.BodyWriter, answer);
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        }
        catch (GrpcException refusal)
        {
            (status, detail) = (refusal.Status, refusal.Message);
        }
        catch (Exception e) when (e is Wire.WireException or InvalidProtocolBufferException or FormatException)
        {
            (status, detail) = (GrpcStatus.InvalidArgument, e.Message);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or Microsoft.AspNetCore.Connections.ConnectionResetException)
        {
            return;
        }
        catch (Exception e)
        {
            (status, detail) = (GrpcStatus.Internal, $"the engine failed while it answered {context.Request.Path}: {e.Message}");
            _unexpected(detail, e);
        }
        await context.Response.StartAsync(CancellationToken.None);
        context.Response.AppendTrailer("grpc-status", ((int)status).ToString());
        if (detail.Length > 0)
        {
            context.Response.AppendTrailer("grpc-message", GrpcMessage.Encode(detail));
        }
    }

    private static void WriteFrame(System.IO.Pipelines.PipeWriter body, IMessage message)
    {
        var length = message.CalculateSize();
        var header = body.GetSpan(Frame.HeaderLength);
        header[0] = 0;
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(header[1..], length);
        body.Advance(Frame.HeaderLength);
        message.WriteTo(body);
    }

    private async ValueTask<IMessage> AnswerAsync(HttpContext context)
    {
        if (!_verbs.TryGetValue(context.Request.Path.Value ?? "", out var verb))
        {
            throw new GrpcException(GrpcStatus.Unimplemented, $"this engine has no {context.Request.Path}");
        }
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            if (!read.IsCompleted)
            {
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }
            try
            {
                return verb.Answer(GrpcMessage.Unframe(read.Buffer));
            }
            finally
            {
                reader.AdvanceTo(read.Buffer.End);
            }
        }
    }
}

/// <summary>gRPC's rules for a frame of bytes and for the text of a status (grpc/grpc, doc/PROTOCOL-HTTP2.md).</summary>
internal static class GrpcMessage
{
    /// <summary>The message inside one uncompressed frame.</summary>
    /// <exception cref="GrpcException">The bytes are not exactly that.</exception>
    public static ReadOnlySequence<byte> Unframe(ReadOnlySequence<byte> body)
    {
        if (body.Length < Frame.HeaderLength)
        {
            throw new GrpcException(GrpcStatus.Internal, $"a frame has at least {Frame.HeaderLength} bytes, this one has {body.Length}");
        }
        Span<byte> header = stackalloc byte[Frame.HeaderLength];
        body.Slice(0, Frame.HeaderLength).CopyTo(header);
        if (header[0] != 0)
        {
            throw new GrpcException(GrpcStatus.Unimplemented, "the frame is compressed; this engine announced no encoding");
        }
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
            if (b is >= 0x20 and <= 0x7e and not (byte)'%')
            {
                encoded.Append((char)b);
            }
            else
            {
                encoded.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
            }
        }
        return encoded.ToString();
    }
}
