using System.Buffers;
using System.Collections.Concurrent;
using Google.Protobuf;
using Protocol;
using Pulumirpc;

namespace Tests.Rehearsal.Support;

/// <summary>The functions of a program that an engine calls back, without a program.</summary>
internal sealed class ProgramFunctions : IVerb, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Func<ByteString, IMessage>> _functions = new(StringComparer.Ordinal);
    private readonly GrpcServer _server;

    private ProgramFunctions() => _server = new GrpcServer([this], (_, cause) => new GrpcException(GrpcStatus.Unknown, cause.Message, cause));

    public string Method => "/pulumirpc.Callbacks/Invoke";

    public string Address => _server.Address;

    public static async Task<ProgramFunctions> StartAsync()
    {
        var functions = new ProgramFunctions();
        await functions._server.StartAsync(CancellationToken.None);
        return functions;
    }

    public Callback Add<T>(MessageParser<T> parser, Func<T, IMessage> function)
        where T : IMessage<T>
    {
        var token = $"function {_functions.Count}";
        _functions[token] = bytes => function(parser.ParseFrom(bytes));
        return new Callback { Target = Address, Token = token };
    }

    /// <summary>A transform.</summary>
    public Callback Transform(Func<TransformRequest, TransformResponse> function) => Add(TransformRequest.Parser, function);

    public ValueTask<IMessage> AnswerAsync(ReadOnlySequence<byte> request, CancellationToken cancellation)
    {
        var call = CallbackInvokeRequest.Parser.ParseFrom(request);
        return ValueTask.FromResult<IMessage>(new CallbackInvokeResponse { Response = _functions[call.Token](call.Request).ToByteString() });
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
