using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Protocol;

namespace Rehearsal.Services;

/// <summary>A call whose feature this engine says it lacks, made nevertheless.</summary>
internal sealed class UnsupportedVerb(string method, string what) : Verb<Empty>(method, Empty.Parser)
{
    protected override IMessage Answer(Empty request) => throw new GrpcException(GrpcStatus.Unimplemented, $"this engine does not support {what}; it says so to SupportsFeature");
}
