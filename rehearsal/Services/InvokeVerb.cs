using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Pulumirpc;
using Rehearsal.Functions;
using Rehearsal.Registration;
using Rehearsal.Wire;

namespace Rehearsal.Services;

/// <summary>A program calls a provider's function.</summary>
internal sealed class InvokeVerb(FunctionRegistry functions) : Verb<ResourceInvokeRequest>(Methods.Invoke, ResourceInvokeRequest.Parser)
{
    protected override IMessage Answer(ResourceInvokeRequest request)
        => functions.Invoke(request.Tok, GoalDecoder.WithoutDependencies(PropertyDecoder.Decode(request.Args))) is { } answer
            // SDKs understand secrets in the answer to an invoke, there is no field by which they could say so
            ? new ResourceInvokeResponse { Return = ReplyEncoder.Encode(answer, acceptSecrets: true, request.AcceptResources) }
            : new ResourceInvokeResponse { Return = new Struct(), Unknown = true };
}
