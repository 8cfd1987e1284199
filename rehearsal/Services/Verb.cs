using System.Buffers;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Protocol;
using Rehearsal.Registration;
using Rehearsal.Wire;

namespace Rehearsal.Services;

/// <summary>One call that a program may make.</summary>
/// <param name="Method">Its full name, for example <c>/pulumirpc.Engine/Log</c>.</param>
/// <param name="Answer">Decodes the request and gives the answer, or throws the <see cref="GrpcException"/> that the program gets.</param>
internal sealed record Verb(string Method, Func<ReadOnlySequence<byte>, ValueTask<IMessage>> Answer) : IVerb
{
    /// <summary>A server of all calls of one engine that does not listen yet.</summary>
    /// <param name="context">What the calls work on.</param>
    /// <param name="unexpected">Told of failures of the engine itself.</param>
    public static GrpcServer Server(EngineContext context, Action<string, Exception> unexpected)
    {
        return new GrpcServer([.. new ResourceMonitorService(context).Verbs, .. new EngineService(context).Verbs], Refusal)
        {
            Refused = problem => context.Events.Warning(problem),
        };

        GrpcException Refusal(string call, Exception cause)
        {
            if (cause is WireException or InvalidProtocolBufferException or FormatException)
            {
                return new GrpcException(GrpcStatus.InvalidArgument, cause.Message, cause);
            }
            var failure = $"the engine failed while it answered {call}: {cause.Message}";
            unexpected(failure, cause);
            return new GrpcException(GrpcStatus.Internal, failure, cause);
        }
    }

    ValueTask<IMessage> IVerb.AnswerAsync(ReadOnlySequence<byte> request, CancellationToken cancellation) => Answer(request);

    /// <summary>A call that is answered.</summary>
    public static Verb Create<TRequest>(string method, MessageParser<TRequest> parser, Func<TRequest, IMessage> answer)
        where TRequest : IMessage<TRequest>
        => new(method, request => ValueTask.FromResult(answer(DeepMessage.Parse(parser, request))));

    /// <summary>A call whose answer needs the program, which is called back meanwhile.</summary>
    public static Verb CreateAsync<TRequest>(string method, MessageParser<TRequest> parser, Func<TRequest, ValueTask<IMessage>> answer)
        where TRequest : IMessage<TRequest>
        => new(method, request => answer(DeepMessage.Parse(parser, request)));

    /// <summary>A call that needs nothing done.</summary>
    public static Verb Acknowledged(string method) => new(method, _ => ValueTask.FromResult<IMessage>(new Empty()));
}
