using System.Collections.Immutable;

namespace Pulumi;

/// <summary>What a resource has from its parent and hands to its children.</summary>
internal sealed class ResourceLineage
{
    private static readonly ResourceLineage None = new();

    // One for all: a child is added in no time
    private static readonly Lock OfChildren = new();

    // Made with the first child: most resources have none
    private List<Resource>? _children;

    /// <summary>Nothing: what a reference to a resource has, and who has no parent gets.</summary>
    public ResourceLineage()
    {
    }

    public bool? Protect { get; private init; }

    public string? Version { get; private init; }

    public string? PluginDownloadURL { get; private init; }

    /// <summary>The provider that a custom resource uses, if not the default one.</summary>
    public ProviderResource? Provider { get; private init; }

    public Resource? Parent { get; private init; }

    /// <summary>The aliases that the program gave, not those that follow from the parents'.</summary>
    public IReadOnlyList<Input<Alias>> Aliases { get; private init; } = [];

    private IReadOnlyList<ResourceTransformation> Transformations { get; init; } = [];

    private ImmutableDictionary<string, ProviderResource> Providers { get; init; } = ImmutableDictionary<string, ProviderResource>.Empty;

    /// <summary>Runs the transformations, fills what the parent decides into a copy of the options, and notes the new child.</summary>
    public static ResourceLineage Inherit(Resource resource, Resource? parent, ref ResourceArgs args, ref ResourceOptions options)
    {
        IReadOnlyList<ResourceTransformation> transformations = parent is null || parent.Lineage.Transformations.Count == 0
            ? options.TransformationsOrNone
            : [.. options.TransformationsOrNone, .. parent.Lineage.Transformations];
        foreach (var transformation in transformations)
        {
            if (transformation(new ResourceTransformationArgs(resource, args, options)) is not { } result)
            {
                continue;
            }
            if (result.Options.Parent != options.Parent)
            {
                throw new ArgumentException("Transformations cannot currently be used to change the 'parent' of a resource.");
            }
            (args, options) = (result.Args, result.Options);
        }
        options = options.Clone();
        var given = options.Parent?.Lineage ?? None;
        options.Protect ??= given.Protect;
        var providers = given.Providers;
        if (options is ComponentResourceOptions component)
        {
            providers = providers.SetItems(Named(component));
        }
        else if (PackageOf(resource.GetResourceType()) is { } package)
        {
            options.Provider ??= given.Providers.GetValueOrDefault(package);
            if (options.Provider is not null)
            {
                providers = providers.SetItem(package, options.Provider);
            }
        }
        options.Parent?.Lineage.Add(resource);
        return new ResourceLineage
        {
            Protect = options.Protect,
            Version = options.Version,
            PluginDownloadURL = options.PluginDownloadURL,
            Provider = resource.IsCustom ? options.Provider : null,
            Parent = options.Parent,
            Aliases = options.AliasesOrNone,
            Transformations = transformations,
            Providers = providers,
        };
    }

    public ProviderResource? ProviderFor(string type) => PackageOf(type) is { } package ? Providers.GetValueOrDefault(package) : null;

    public Resource[] Children()
    {
        lock (OfChildren)
        {
            return _children is null ? [] : [.. _children];
        }
    }

    private static IEnumerable<KeyValuePair<string, ProviderResource>> Named(ComponentResourceOptions options)
    {
        if (options.Provider is null)
        {
            return options.ProvidersOrNone.Select(property => KeyValuePair.Create(property.Package, property));
        }
        if (options.ProvidersOrNone.Count == 0)
        {
            return [KeyValuePair.Create(options.Provider.Package, options.Provider)];
        }
        throw new ResourceException("Do not supply both 'provider' and 'providers' options to a ComponentResource.", options.Parent);
    }

    /// <summary>The package of a type like <c>aws:ec2/vpc:Vpc</c>; none for other forms.</summary>
    private static string? PackageOf(string type) => type.AsSpan().Count(':') == 2 ? type[..type.IndexOf(':', StringComparison.Ordinal)] : null;

    private void Add(Resource child)
    {
        lock (OfChildren)
        {
            (_children ??= []).Add(child);
        }
    }
}
