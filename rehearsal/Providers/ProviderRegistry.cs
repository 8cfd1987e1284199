using System.Collections.Concurrent;
using System.Collections.Immutable;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Schemas;
using Rehearsal.Wire;

namespace Rehearsal.Providers;

/// <summary>Which provider answers for which type.</summary>
internal sealed class ProviderRegistry(SchemaStore schemas)
{
    private readonly ConcurrentDictionary<string, IProvider> _providers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IProvider> _configurations = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IProvider> _managing = new(StringComparer.Ordinal);

    /// <summary>The provider of a package.</summary>
    public IProvider For(string package) => _providers.GetOrAdd(package, provider => schemas.Find(provider) switch
    {
        null => OpenProvider.Instance,
        var schema when provider == "kubernetes" => new KubernetesProvider(schema),
        var schema when provider is "random" or "tls" => new ComputedProvider(schema),
        var schema => new SchemaProvider(schema),
    });

    /// <summary>The provider of a type, where provider resources themselves are managed by the engine.</summary>
    public IProvider Managing(string type) => _managing.TryGetValue(type, out var known) ? known : _managing.GetOrAdd(type, Find(type));

    private IProvider Find(string type) => ProviderReference.IsProviderType(type)
        ? _configurations.GetOrAdd(ProviderReference.PackageOf(type), package => new ProviderResources(schemas.Find(package)))
        : For(type.Split(':', 2)[0]);
}

/// <summary>Stands for the plugin of one package: the calls that Pulumi's engine makes to one.</summary>
internal interface IProvider
{
    /// <summary>Whether it knows the type well enough to check it.</summary>
    bool Knows(string type);

    /// <summary>The inputs as the provider takes them (defaults and generated names added), and what is wrong with them.</summary>
    CheckResult Check(CheckRequest request);

    /// <summary>What changes between a resource and new inputs for it, and whether it has to be replaced.</summary>
    DiffResult Diff(DiffRequest request);

    /// <summary>Makes a resource; in a preview, says what is known of it beforehand.</summary>
    /// <exception cref="ProviderException">It cannot be made.</exception>
    (string? Id, PropertyMap Outputs) Create(Urn urn, string type, PropertyMap inputs, bool preview);

    /// <summary>Changes a resource in place; in a preview, says what is known of it beforehand.</summary>
    /// <exception cref="ProviderException">It cannot be changed.</exception>
    PropertyMap Update(Urn urn, ResourceState old, PropertyMap inputs, bool preview);

    /// <summary>Deletes a resource.</summary>
    /// <exception cref="ProviderException">It cannot be deleted.</exception>
    void Delete(ResourceState old);

    /// <summary>Reads a resource by its id; null when there is none.</summary>
    /// <exception cref="ProviderException">It cannot be read.</exception>
    ReadResult? Read(Urn urn, string type, string id, PropertyMap inputs, PropertyMap outputs, bool preview);
}

/// <summary>What the program wants of a resource, for <see cref="IProvider.Check"/>.</summary>
/// <param name="Urn">The resource.</param>
/// <param name="Type">Its type.</param>
/// <param name="Olds">Its inputs so far; null when it is made anew.</param>
/// <param name="News">What the program gave.</param>
/// <param name="Seed">What a generated name follows from: the same for the same preview, another for an update.</param>
internal sealed record CheckRequest(Urn Urn, string Type, PropertyMap? Olds, PropertyMap News, string Seed = "");

/// <summary>Inputs as a provider takes them, and what is wrong with them.</summary>
internal readonly record struct CheckResult(PropertyMap Inputs, ImmutableArray<CheckFailure> Failures);

/// <summary>A resource and new inputs for it, for <see cref="IProvider.Diff"/>; <c>Provider</c> is the configuration of the provider resource that manages
/// it.</summary>
internal sealed record DiffRequest(Urn Urn, string Type, string Id, PropertyMap OldInputs, PropertyMap OldOutputs, PropertyMap NewInputs, PropertyMap Provider)
{
    /// <summary>The configuration of the provider resource that managed it.</summary>
    public PropertyMap OldProvider { get; init; } = Provider;
}

/// <summary>What changes.</summary>
internal sealed record DiffResult
{
    public static readonly DiffResult Same = new();

    public bool Changes { get; init; }

    /// <summary>Properties whose change needs a replacement.</summary>
    public ImmutableArray<string> ReplaceKeys { get; init; } = [];

    /// <summary>Properties that changed.</summary>
    public ImmutableArray<string> ChangedKeys { get; init; } = [];

    /// <summary>What changed, by path; empty where the provider does not say.</summary>
    public ImmutableSortedDictionary<string, PropertyDifference> Detailed { get; init; } = ImmutableSortedDictionary<string, PropertyDifference>.Empty;

    /// <summary>Whether two of the resource cannot be there at once.</summary>
    public bool DeleteBeforeReplace { get; init; }

    /// <summary>Whether the resource is replaced for a reason that is no property.</summary>
    public bool ReplacesAnyway { get; init; }

    public bool Replaces => ReplaceKeys.Length > 0 || ReplacesAnyway;
}

/// <summary>A resource as it was read.</summary>
internal sealed record ReadResult(string Id, PropertyMap Inputs, PropertyMap Outputs);

/// <summary>Something wrong with an input.</summary>
/// <param name="Path">Where: <c>metadata.labels["app"]</c>, <c>rules[0].host</c>; empty when the reason says it.</param>
/// <param name="Reason">What, in words, with the value unless it is secret, and what is allowed.</param>
internal sealed record CheckFailure(string Path, string Reason);

/// <summary>Why a provider could not do what it was asked.</summary>
/// <param name="message">In words, without any secret.</param>
/// <param name="logged">What the real provider tells the operator besides.</param>
internal sealed class ProviderException(string message, string? logged = null) : Exception(message)
{
    public string? Logged { get; } = logged;
}

/// <summary>A package without a schema: everything is accepted, outputs are the inputs, every change is an update in place.</summary>
internal sealed class OpenProvider : IProvider
{
    public static readonly OpenProvider Instance = new();

    public bool Knows(string type) => true;

    public CheckResult Check(CheckRequest request) => new(PriorDefaults.Keep(request.Olds, request.News), []);

    public DiffResult Diff(DiffRequest request) => Differ.ByInputs(request, _ => false);

    public (string? Id, PropertyMap Outputs) Create(Urn urn, string type, PropertyMap inputs, bool preview)
        => (preview ? null : RehearsedOutputs.Id(urn), inputs);

    public PropertyMap Update(Urn urn, ResourceState old, PropertyMap inputs, bool preview) => inputs;

    public void Delete(ResourceState old)
    {
    }

    public ReadResult? Read(Urn urn, string type, string id, PropertyMap inputs, PropertyMap outputs, bool preview)
        => new(id, inputs, outputs.Count > 0 ? outputs : inputs);
}
