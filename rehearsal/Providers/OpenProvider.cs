using System.Collections.Immutable;
using Rehearsal.Graph;
using Rehearsal.Wire;

namespace Rehearsal.Providers;

/// <summary>A package without a schema: everything is accepted, outputs are the inputs and whatever else the program asks for is unknown.</summary>
internal sealed class OpenProvider : IProvider
{
    public static readonly OpenProvider Instance = new();

    public bool Knows(string type) => true;

    public (PropertyMap Inputs, ImmutableArray<CheckFailure> Failures) Check(Urn urn, string type, PropertyMap inputs) => (inputs, []);

    public PropertyMap Preview(string type, PropertyMap inputs) => inputs;
}
