using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Rehearsal.Services;

/// <summary>A call that needs nothing done: the end of the registrations (all are answered in the call that brings them), the start of a debugger.</summary>
internal sealed class AcknowledgeVerb(string method) : Verb<Empty>(method, Empty.Parser)
{
    protected override IMessage Answer(Empty request) => new Empty();
}
