using System.Buffers;
using Google.Protobuf;

namespace Rehearsal.Services;

/// <summary>One call that a program may make.</summary>
internal interface IVerb
{
    /// <summary>The call's full name, for example <c>/pulumirpc.Engine/Log</c>.</summary>
    string Method { get; }

    /// <summary>Decodes the request, has it answered, returns the answer.</summary>
    /// <exception cref="Protocol.GrpcException">The call is refused with this status and message.</exception>
    ValueTask<IMessage> AnswerAsync(ReadOnlySequence<byte> request, CancellationToken cancellation);
}
