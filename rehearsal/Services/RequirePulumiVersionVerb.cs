using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Pulumirpc;
using Rehearsal.Events;

namespace Rehearsal.Services;

/// <summary>A program says which versions of the Pulumi CLI it accepts; this engine has no version of the CLI, so it says what was not checked.</summary>
internal sealed class RequirePulumiVersionVerb(EventStream events) : Verb<RequirePulumiVersionRequest>(Methods.RequirePulumiVersion, RequirePulumiVersionRequest.Parser)
{
    protected override IMessage Answer(RequirePulumiVersionRequest request)
    {
        events.Warning($"the program requires a Pulumi CLI of version {request.PulumiVersionRange}; a rehearsal cannot check that");
        return new Empty();
    }
}
