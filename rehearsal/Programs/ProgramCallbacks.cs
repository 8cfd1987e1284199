using System.Buffers;
using System.Collections.Concurrent;
using Google.Protobuf;
using Protocol;
using Pulumirpc;

namespace Rehearsal.Programs;

/// <summary>Calls functions of the running program: its transforms and its hooks (pulumi/pulumi, proto/pulumi/callback.proto, 3.270).</summary>
internal sealed class ProgramCallbacks : IDisposable
{
    private const string Method = "/pulumirpc.Callbacks/Invoke";

    private readonly ConcurrentDictionary<string, Lazy<GrpcChannel>> _channels = new(StringComparer.Ordinal);

    /// <summary>Refuses a function that nobody could call.</summary>
    /// <exception cref="GrpcException">It has no address, or one that is none.</exception>
    public static Callback Checked(Callback? callback)
    {
        if (callback is null || callback.Target.Length == 0)
        {
            throw new GrpcException(GrpcStatus.Unknown, "target must be specified");
        }
        return Uri.TryCreate($"grpc://{callback.Target}", UriKind.Absolute, out var uri) && uri.Authority == callback.Target && uri.Port > 0
            ? callback
            : throw new GrpcException(GrpcStatus.InvalidArgument, $"'{callback.Target}' is not the address of a callback: expected host:port");
    }

    /// <summary>Calls a function and waits for its result.</summary>
    /// <exception cref="GrpcException">The function threw, the program cannot be reached any more, or the wait was ended.</exception>
    public async Task<T> CallAsync<T>(Callback function, IMessage request, MessageParser<T> parser, CancellationToken cancellation)
        where T : IMessage<T>
    {
        var channel = _channels.GetOrAdd(function.Target, target => new Lazy<GrpcChannel>(() => new GrpcChannel(target))).Value;
        try
        {
            var answer = await channel.CallAsync(
                Method, new CallbackInvokeRequest { Token = function.Token, Request = request.ToByteString() }, CallbackInvokeResponse.Parser, cancellation);
            return DeepMessage.Parse(parser, new ReadOnlySequence<byte>(answer.Response.Memory));
        }
        catch (OperationCanceledException e) when (cancellation.IsCancellationRequested)
        {
            throw new GrpcException(GrpcStatus.Cancelled, "the operation has ended", e);
        }
    }

    public void Dispose()
    {
        foreach (var channel in _channels.Values.Where(channel => channel.IsValueCreated))
        {
            channel.Value.Dispose();
        }
    }
}
