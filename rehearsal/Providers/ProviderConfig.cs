using System.Collections.Immutable;
using Rehearsal.Schemas;
using Rehearsal.Wire;

namespace Rehearsal.Providers;

/// <summary>Checks the inputs of a provider resource, which travel as text whatever their type: <c>"true"</c>, <c>"{\"tags\":{}}"</c>.</summary>
internal static class ProviderConfig
{
    // not the provider's own: they say which plugin to start
    private static readonly ImmutableArray<string> Plugin = ["version", "pluginDownloadURL", "pluginChecksums"];

    public static ImmutableArray<CheckFailure> Check(ObjectSpec spec, PropertyMap inputs) =>
    [
        .. inputs.Keys.Where(k => !spec.Properties.ContainsKey(k) && !Plugin.Contains(k) && !k.StartsWith("__", StringComparison.Ordinal))
            .Select(k => new CheckFailure(k, NearestName.Of(k, spec.Properties.Keys) is { } nearest ? $"is not a known property; did you mean '{nearest}'?" : "is not a known property")),
    ];
}
