namespace Pulumi;

/// <summary>Options of a component.</summary>
public sealed class ComponentResourceOptions : ResourceOptions
{
    private List<ProviderResource>? _providers;

    /// <summary>The providers that the children use, at most one of a package.</summary>
    public List<ProviderResource> Providers
    {
        get => _providers ??= [];
        set => _providers = value;
    }

    internal IReadOnlyList<ProviderResource> ProvidersOrNone => _providers ?? [];

    /// <summary>New options with what both say: the second's single values win, its lists follow the first's.</summary>
    public static ComponentResourceOptions Merge(ComponentResourceOptions? options1, ComponentResourceOptions? options2)
    {
        var merged = new ComponentResourceOptions();
        if (options1 is not null)
        {
            merged.AbsorbComponent(options1);
        }
        if (options2 is not null)
        {
            merged.AbsorbComponent(options2);
        }
        // One provider is a list of one from now on: otherwise both kinds could stand beside each other
        if (merged.Provider is { } provider)
        {
            merged.Providers.Add(provider);
            merged.Provider = null;
        }
        return merged;
    }

    internal override ResourceOptions Clone()
    {
        var copy = new ComponentResourceOptions();
        copy.AbsorbComponent(this);
        return copy;
    }

    private void AbsorbComponent(ComponentResourceOptions other)
    {
        Absorb(other);
        Append(ref _providers, other._providers);
    }
}

/// <summary>Options of the stack itself.</summary>
public class StackOptions
{
    private List<ResourceTransformation>? _resourceTransformations;
    private List<ResourceTransform>? _resourceTransforms;

    /// <summary>Transformations of every resource of the stack.</summary>
    public List<ResourceTransformation> ResourceTransformations
    {
        get => _resourceTransformations ??= [];
        set => _resourceTransformations = value;
    }

    /// <summary>Transforms that the engine applies to every resource of the stack.</summary>
    public List<ResourceTransform> ResourceTransforms
    {
        get => _resourceTransforms ??= [];
        set => _resourceTransforms = value;
    }
}
