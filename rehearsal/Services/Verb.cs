using System.Buffers;
using Google.Protobuf;
using Protocol;

namespace Rehearsal.Services;

/// <summary>A call whose answer needs no waiting.</summary>
internal abstract class Verb<TRequest>(string method, MessageParser<TRequest> parser) : IVerb
    where TRequest : IMessage<TRequest>
{
    public string Method => method;

    public ValueTask<IMessage> AnswerAsync(ReadOnlySequence<byte> request, CancellationToken cancellation) => ValueTask.FromResult(Answer(parser.ParseFrom(request)));

    protected abstract IMessage Answer(TRequest request);
}
