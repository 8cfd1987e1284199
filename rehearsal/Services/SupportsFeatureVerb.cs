using System.Collections.Frozen;
using Google.Protobuf;
using Pulumirpc;

namespace Rehearsal.Services;

/// <summary>A program asks what this engine can do.</summary>
internal sealed class SupportsFeatureVerb() : Verb<SupportsFeatureRequest>(Methods.SupportsFeature, SupportsFeatureRequest.Parser)
{
    /// <summary>What it can do; transformations in the engine, hooks and parameterized packages need calls back into the program or plugins.</summary>
    public static readonly FrozenSet<string> Features =
        FrozenSet.Create(StringComparer.Ordinal, "secrets", "resourceReferences", "outputValues", "aliasSpecs", "deletedWith", "replaceWith");

    protected override IMessage Answer(SupportsFeatureRequest request) => new SupportsFeatureResponse { HasSupport = Features.Contains(request.Id) };
}
