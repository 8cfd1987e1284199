using System.Collections.Concurrent;

namespace Rehearsal.Schemas;

/// <summary>The schema of one provider package, its declarations read when they are first needed.</summary>
internal sealed class PackageSchema(SchemaIndex index)
{
    private readonly ConcurrentDictionary<string, ResourceSpec?> _resources = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DeclaredType?> _types = new(StringComparer.Ordinal);

    /// <summary>The tokens of all resources.</summary>
    public IEnumerable<string> Resources => index.Keys.Where(k => k.StartsWith("resources/", StringComparison.Ordinal)).Select(k => k["resources/".Length..]);

    /// <summary>A schema in memory.</summary>
    public static PackageSchema Parse(byte[] file) => new(SchemaIndex.Read(file));

    public ResourceSpec? Resource(string token) => _resources.GetOrAdd("resources/" + token, Read);

    public ResourceSpec? Function(string token) => _resources.GetOrAdd("functions/" + token, Read);

    /// <summary>The provider's own configuration.</summary>
    public ResourceSpec? Provider => _resources.GetOrAdd("provider", Read);

    public DeclaredType? Type(string token) => _types.GetOrAdd(token, t => index.Find("types/" + t) is { } json ? SchemaReader.Declared(json) : null);

    private ResourceSpec? Read(string key)
        => index.Find(key) is not { } json ? null : key.StartsWith("functions/", StringComparison.Ordinal) ? SchemaReader.Function(json) : SchemaReader.Resource(json);
}
