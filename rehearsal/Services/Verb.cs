using System.Buffers;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Protocol;
using Rehearsal.Registration;
using Rehearsal.Schemas;

namespace Rehearsal.Services;

/// <summary>One call that a program may make.</summary>
/// <param name="Method">Its full name, for example <c>/pulumirpc.Engine/Log</c>.</param>
/// <param name="Answer">Decodes the request and gives the answer, or throws the <see cref="GrpcException"/> that the program gets.</param>
internal sealed record Verb(string Method, Func<ReadOnlySequence<byte>, IMessage> Answer)
{
    /// <summary>All calls of one engine.</summary>
    public static IEnumerable<Verb> All(EngineContext context, SchemaStore schemas)
        => [.. new ResourceMonitorService(context, schemas).Verbs, .. new EngineService(context).Verbs];

    /// <summary>A call that is answered.</summary>
    public static Verb Create<TRequest>(string method, MessageParser<TRequest> parser, Func<TRequest, IMessage> answer)
        where TRequest : IMessage<TRequest>
        => new(method, request => answer(parser.ParseFrom(request)));

    /// <summary>A call that needs nothing done.</summary>
    public static Verb Acknowledged(string method) => new(method, _ => new Empty());

    /// <summary>A call whose feature this engine says it lacks, made nevertheless.</summary>
    public static Verb Unsupported(string method, string feature)
        => new(method, _ => throw new GrpcException(GrpcStatus.Unimplemented, $"this engine does not support {feature}; it says so to SupportsFeature"));
}
