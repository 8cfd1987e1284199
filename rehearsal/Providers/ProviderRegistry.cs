using System.Collections.Concurrent;
using System.Collections.Immutable;
using Rehearsal.Graph;
using Rehearsal.Schemas;
using Rehearsal.Wire;

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

/// <summary>Stands for the plugin of one package.</summary>
internal interface IProvider
{
    /// <summary>Whether it knows the type well enough to check it.</summary>
    bool Knows(string type);

    /// <summary>The inputs as the real provider would take them (defaults and generated names added), and what is wrong with them.</summary>
    (PropertyMap Inputs, ImmutableArray<CheckFailure> Failures) Check(Urn urn, string type, PropertyMap inputs);

    /// <summary>The outputs of a resource that does not exist yet: what follows from its inputs, everything else unknown.</summary>
    PropertyMap Preview(string type, PropertyMap inputs);
}

/// <summary>Something wrong with an input.</summary>
/// <param name="Path">Where: <c>metadata.labels["app"]</c>, <c>rules[0].host</c>.</param>
/// <param name="Reason">What, in words, with the value unless it is secret, and what is allowed.</param>
internal sealed record CheckFailure(string Path, string Reason);

/// <summary>A package without a schema: everything is accepted, outputs are the inputs and whatever else the program asks for is unknown.</summary>
internal sealed class OpenProvider : IProvider
{
    public static readonly OpenProvider Instance = new();

    public bool Knows(string type) => true;

    public (PropertyMap Inputs, ImmutableArray<CheckFailure> Failures) Check(Urn urn, string type, PropertyMap inputs) => (inputs, []);

    public PropertyMap Preview(string type, PropertyMap inputs) => inputs;
}
