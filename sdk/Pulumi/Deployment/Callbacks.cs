using System.Buffers;
using System.Collections.Concurrent;
using Google.Protobuf;
using Protocol;
using Pulumirpc;

namespace Pulumi;

/// <summary>The functions of a program that its engine calls back; nothing listens before there is the first.</summary>
internal sealed class Callbacks : IVerb, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Func<ByteString, CancellationToken, Task<IMessage>>> _functions = new(StringComparer.Ordinal);

    // Not typed as the server: a program without callbacks never loads ASP.NET's assemblies.
    private readonly Lazy<Task<(IAsyncDisposable Server, string Address)>> _listening;
    private ExecutionContext? _program;

    public Callbacks() => _listening = new(StartAsync);

    public string Method => "/pulumirpc.Callbacks/Invoke";

    /// <summary>Makes a function callable.</summary>
    /// <returns>What the engine is given to call it.</returns>
    public async Task<Callback> AddAsync<TRequest>(MessageParser<TRequest> parser, Func<TRequest, CancellationToken, Task<IMessage>> function)
        where TRequest : IMessage<TRequest>
    {
        var (_, address) = await _listening.Value;
        var token = Guid.NewGuid().ToString();
        _functions[token] = (bytes, cancellation) => function(DeepMessage.Parse(parser, new(bytes.Memory)), cancellation);
        return new Callback { Target = address, Token = token };
    }

    public async ValueTask<IMessage> AnswerAsync(ReadOnlySequence<byte> request, CancellationToken cancellation)
    {
        var call = DeepMessage.Parse(CallbackInvokeRequest.Parser, request);
        if (!_functions.TryGetValue(call.Token, out var function))
        {
            throw new GrpcException(GrpcStatus.InvalidArgument, $"Callback not found: {call.Token}");
        }
        Task<IMessage>? pending = null;
        // The program's own context, in which Deployment.Instance and Log work, not that of the connection.
        if (_program is null)
        {
            pending = function(call.Request, cancellation);
        }
        else
        {
            ExecutionContext.Run(_program, _ => pending = function(call.Request, cancellation), null);
        }
        return new CallbackInvokeResponse { Response = (await pending!).ToByteString() };
    }

    public async ValueTask DisposeAsync()
    {
        if (_listening.IsValueCreated)
        {
            await (await _listening.Value).Server.DisposeAsync();
        }
    }

    private async Task<(IAsyncDisposable Server, string Address)> StartAsync()
    {
        _program = ExecutionContext.Capture();
        var server = new GrpcServer([this], (_, entry) => new GrpcException(GrpcStatus.Unknown, entry.Message, entry));
        await server.StartAsync(CancellationToken.None);
        return (server, server.Address);
    }
}
