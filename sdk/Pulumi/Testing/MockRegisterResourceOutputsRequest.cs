using System.Collections.Immutable;

namespace Pulumi.Testing;

/// <summary>What a component or the stack registers as its outputs, with the marks of secrets and unknowns.</summary>
public class MockRegisterResourceOutputsRequest
{
    public readonly string Urn;
    public readonly ImmutableDictionary<string, Output<object?>> Outputs;

    public MockRegisterResourceOutputsRequest(string urn, ImmutableDictionary<string, Output<object?>> outputs)
    {
        Urn = urn;
        Outputs = outputs;
    }
}
