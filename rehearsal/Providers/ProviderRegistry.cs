using System.Collections.Concurrent;
using Rehearsal.Schemas;

namespace Rehearsal.Providers;

/// <summary>Which provider answers for which package.</summary>
internal sealed class ProviderRegistry(SchemaStore schemas)
{
    private readonly ConcurrentDictionary<string, IProvider> _providers = new(StringComparer.Ordinal);

    public IProvider For(string package) => _providers.GetOrAdd(package, p => schemas.Find(p) switch
    {
        null => OpenProvider.Instance,
        var schema when p == "kubernetes" => new KubernetesProvider(schema),
        var schema => new SchemaProvider(schema),
    });
}
