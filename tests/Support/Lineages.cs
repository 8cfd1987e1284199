using System.Collections.Concurrent;
using Pulumi;

namespace Tests.Support;

/// <summary>Who was made below whom.</summary>
internal sealed class Lineages
{
    private readonly ConcurrentDictionary<Resource, string> _types = new();
    private readonly ConcurrentBag<string> _all = [];

    public IEnumerable<string> All => _all;

    /// <summary>A transformation that changes nothing. Parents are seen before their children.</summary>
    public ResourceTransformationResult? Record(ResourceTransformationArgs registered)
    {
        var resource = registered.Resource;
        var above = registered.Options.Parent is { } parent && _types.TryGetValue(parent, out var known) ? $"{known}$" : "";
        var types = _types[resource] = $"{above}{resource.GetResourceType()}";
        _all.Add($"{types}::{resource.GetResourceName()}");
        return null;
    }
}
