using System.Buffers;
using System.Collections.Frozen;
using System.Diagnostics;
using System.Net;
using Google.Protobuf;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Protocol;

/// <summary>A loopback port that speaks gRPC: plaintext HTTP/2, unary calls, no compression.</summary>
/// <remarks>Kestrel runs without a host (configuration, container, log), so that it listens some tens of milliseconds after the process starts.</remarks>
public sealed class GrpcServer : IAsyncDisposable, IHttpApplication<HttpContext>
{
    // SDKs send all they have at once; what is above this waits with its sender, where it costs least (Kestrel's default is 100)
    private const int CallsPerConnection = 1000;

    // One registration may carry a file; Pulumi's own limit for a message is 400 MiB, the window only says how much travels unread
    private const int WindowBytes = 8 * 1024 * 1024;

    private readonly FrozenDictionary<string, IVerb> _verbs;
    private readonly Func<string, Exception, GrpcException> _refusal;
    private readonly KestrelServer _kestrel;
    private long _lastCall;

    /// <summary>A server that does not listen yet.</summary>
    /// <param name="verbs">The calls it answers; any other is answered with UNIMPLEMENTED.</param>
    /// <param name="refusal">What a call is answered with that failed otherwise than by a <see cref="GrpcException"/>; it is given the call's name.</param>
    public GrpcServer(IEnumerable<IVerb> verbs, Func<string, Exception, GrpcException> refusal)
    {
        _verbs = verbs.ToFrozenDictionary(verb => verb.Method, StringComparer.Ordinal);
        _refusal = refusal;
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxRequestBodySize = null;
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.Http2.MaxStreamsPerConnection = CallsPerConnection;
        options.Limits.Http2.InitialConnectionWindowSize = WindowBytes;
        options.Limits.Http2.InitialStreamWindowSize = WindowBytes;
        options.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.Use(next => connection => AcceptAsync(connection, next));
        });
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

    /// <summary>Told of every connection that was refused, and why.</summary>
    public Action<string> Refused { get; init; } = _ => { };

    /// <summary>When a call came last, as <see cref="Stopwatch.GetTimestamp"/> counts.</summary>
    public long LastCall => Interlocked.Read(ref _lastCall);

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
            Frame.Write(context.Response.BodyWriter, answer);
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        }
        catch (GrpcException refusal)
        {
            (status, detail) = (refusal.Status, refusal.Message);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ConnectionResetException)
        {
            return;
        }
        await context.Response.StartAsync(CancellationToken.None);
        context.Response.AppendTrailer("grpc-status", ((int)status).ToString());
        if (detail.Length > 0)
        {
            context.Response.AppendTrailer("grpc-message", GrpcMessage.Encode(detail));
        }
    }

    private async Task AcceptAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        if (connection is { RemoteEndPoint: IPEndPoint peer, LocalEndPoint: IPEndPoint own } && LocalPeers.Refusal(peer, own) is { } refusal)
        {
            connection.Abort();
            Refused(refusal);
            return;
        }
        await next(connection);
    }

    private async ValueTask<IMessage> AnswerAsync(HttpContext context)
    {
        Interlocked.Exchange(ref _lastCall, Stopwatch.GetTimestamp());
        if (!_verbs.TryGetValue(context.Request.Path.Value ?? "", out var verb))
        {
            throw new GrpcException(GrpcStatus.Unimplemented, $"this server has no {context.Request.Path}");
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
                return await AskAsync(verb, Frame.Unwrap(read.Buffer), context.RequestAborted);
            }
            finally
            {
                reader.AdvanceTo(read.Buffer.End);
            }
        }
    }

    private async ValueTask<IMessage> AskAsync(IVerb verb, ReadOnlySequence<byte> request, CancellationToken cancellation)
    {
        try
        {
            return await verb.AnswerAsync(request, cancellation);
        }
        catch (Exception e) when (e is not GrpcException && !cancellation.IsCancellationRequested)
        {
            throw _refusal(verb.Method, e);
        }
    }
}

/// <summary>One call that a server answers.</summary>
public interface IVerb
{
    /// <summary>The call's full name, for example <c>/pulumirpc.Engine/Log</c>.</summary>
    string Method { get; }

    /// <summary>Decodes the request, has it answered, returns the answer.</summary>
    /// <exception cref="GrpcException">The call is refused with this status and message.</exception>
    ValueTask<IMessage> AnswerAsync(ReadOnlySequence<byte> request, CancellationToken cancellation);
}
