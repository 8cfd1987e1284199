using System.Collections.Frozen;
using Google.Protobuf;
using Pulumirpc;

namespace Rehearsal.Services;

/// <summary>A program asks what this engine can do.</summary>
internal sealed class SupportsFeatureVerb() : Verb<SupportsFeatureRequest>(Methods.SupportsFeature, SupportsFeatureRequest.Parser)
{
    /// <summary>What it can do; transformations in the engine, hooks and parameterized packages need calls back into the program or plugins.</summary>
    public static readonly FrozenDictionary<string, ResourceMonitorFeature> Features = new Dictionary<string, ResourceMonitorFeature>(StringComparer.Ordinal)
    {
        ["secrets"] = ResourceMonitorFeature.Secrets,
        ["resourceReferences"] = ResourceMonitorFeature.ResourceReferences,
        ["outputValues"] = ResourceMonitorFeature.OutputValues,
        ["aliasSpecs"] = ResourceMonitorFeature.AliasSpecs,
        ["deletedWith"] = ResourceMonitorFeature.DeletedWith,
        ["replaceWith"] = ResourceMonitorFeature.ReplaceWith,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    protected override IMessage Answer(SupportsFeatureRequest request) => new SupportsFeatureResponse { HasSupport = Features.ContainsKey(request.Id) };
}
