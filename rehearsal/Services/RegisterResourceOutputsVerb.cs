using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Pulumirpc;
using Rehearsal.Graph;
using Rehearsal.Registration;
using Rehearsal.Wire;

namespace Rehearsal.Services;

/// <summary>A program completes a component.</summary>
internal sealed class RegisterResourceOutputsVerb(OutputsRegistrar registrar)
    : Verb<RegisterResourceOutputsRequest>(Methods.RegisterResourceOutputs, RegisterResourceOutputsRequest.Parser)
{
    protected override IMessage Answer(RegisterResourceOutputsRequest request)
    {
        registrar.Register(Urn.Parse(request.Urn), GoalDecoder.WithoutDependencies(PropertyDecoder.Decode(request.Outputs)));
        return new Empty();
    }
}
