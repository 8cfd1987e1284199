namespace Pulumi;

/// <summary>How the engine treats a resource, beside the resource's own inputs.</summary>
public abstract class ResourceOptions
{
    private InputList<Resource>? _dependsOn;
    private InputList<Resource>? _replaceWith;
    private List<string>? _ignoreChanges;
    private List<string>? _replaceOnChanges;
    private List<string>? _hideDiffs;
    private List<Input<Alias>>? _aliases;
    private List<ResourceTransformation>? _resourceTransformations;
    private List<ResourceTransform>? _resourceTransforms;
    private ResourceHookBinding? _hooks;

    protected ResourceOptions()
    {
    }

    /// <summary>The id of an existing resource that is read instead of registered.</summary>
    public Input<string>? Id { get; set; }

    public Resource? Parent { get; set; }

    public InputList<Resource> DependsOn
    {
        get => _dependsOn ??= [];
        set => _dependsOn = value;
    }

    /// <summary>Whether the engine refuses to delete the resource; the parent's choice when not given.</summary>
    public bool? Protect { get; set; }

    public List<string> IgnoreChanges
    {
        get => _ignoreChanges ??= [];
        set => _ignoreChanges = value;
    }

    public string? Version { get; set; }

    public ProviderResource? Provider { get; set; }

    public CustomTimeouts? CustomTimeouts { get; set; }

    public List<ResourceTransformation> ResourceTransformations
    {
        get => _resourceTransformations ??= [];
        set => _resourceTransformations = value;
    }

    /// <summary>Transforms that the engine applies to the resource and to those below it.</summary>
    public List<ResourceTransform> ResourceTransforms
    {
        get => _resourceTransforms ??= [];
        set => _resourceTransforms = value;
    }

    public List<Input<Alias>> Aliases
    {
        get => _aliases ??= [];
        set => _aliases = value;
    }

    /// <summary>The URN of a resource that is registered already; its state is looked up.</summary>
    public string? Urn { get; set; }

    public List<string> ReplaceOnChanges
    {
        get => _replaceOnChanges ??= [];
        set => _replaceOnChanges = value;
    }

    public string? PluginDownloadURL { get; set; }

    /// <summary>Whether the provider leaves the resource alone when the engine forgets it.</summary>
    public bool? RetainOnDelete { get; set; }

    /// <summary>A resource whose deletion takes this one with it.</summary>
    public Resource? DeletedWith { get; set; }

    /// <summary>Property paths whose changes a diff does not show.</summary>
    public List<string> HideDiffs
    {
        get => _hideDiffs ??= [];
        set => _hideDiffs = value;
    }

    /// <summary>Resources whose replacement replaces this one too.</summary>
    public InputList<Resource> ReplaceWith
    {
        get => _replaceWith ??= [];
        set => _replaceWith = value;
    }

    /// <summary>A value whose change replaces the resource.</summary>
    public Input<object>? ReplacementTrigger { get; set; }

    /// <summary>Code of the program that runs around the engine's operations on the resource.</summary>
    public ResourceHookBinding Hooks
    {
        get => _hooks ??= new ResourceHookBinding();
        set => _hooks = value;
    }

    internal bool HasDependsOn => _dependsOn is not null;

    internal bool HasReplaceWith => _replaceWith is not null;

    internal IReadOnlyList<string> IgnoreChangesOrNone => _ignoreChanges ?? [];

    internal IReadOnlyList<string> ReplaceOnChangesOrNone => _replaceOnChanges ?? [];

    internal IReadOnlyList<string> HideDiffsOrNone => _hideDiffs ?? [];

    internal IReadOnlyList<Input<Alias>> AliasesOrNone => _aliases ?? [];

    internal IReadOnlyList<ResourceTransformation> TransformationsOrNone => _resourceTransformations ?? [];

    internal IReadOnlyList<ResourceTransform> TransformsOrNone => _resourceTransforms ?? [];

    internal ResourceHookBinding? HooksOrNone => _hooks is null or { IsEmpty: true } ? null : _hooks;

    /// <summary>Takes over what <paramref name="other"/> says: its single values win, its lists follow ours.</summary>
    private protected void Absorb(ResourceOptions other)
    {
        Id = other.Id ?? Id;
        Parent = other.Parent ?? Parent;
        Protect = other.Protect ?? Protect;
        Version = other.Version ?? Version;
        Provider = other.Provider ?? Provider;
        CustomTimeouts = other.CustomTimeouts ?? CustomTimeouts;
        Urn = other.Urn ?? Urn;
        PluginDownloadURL = other.PluginDownloadURL ?? PluginDownloadURL;
        RetainOnDelete = other.RetainOnDelete ?? RetainOnDelete;
        DeletedWith = other.DeletedWith ?? DeletedWith;
        ReplacementTrigger = other.ReplacementTrigger ?? ReplacementTrigger;
        if (other._dependsOn is not null)
        {
            _dependsOn = (_dependsOn ?? []).Concat(other._dependsOn);
        }
        if (other._replaceWith is not null)
        {
            _replaceWith = (_replaceWith ?? []).Concat(other._replaceWith);
        }
        Append(ref _ignoreChanges, other._ignoreChanges);
        Append(ref _replaceOnChanges, other._replaceOnChanges);
        Append(ref _hideDiffs, other._hideDiffs);
        Append(ref _aliases, other._aliases);
        Append(ref _resourceTransformations, other._resourceTransformations);
        Append(ref _resourceTransforms, other._resourceTransforms);
        if (other.HooksOrNone is { } hooks)
        {
            _hooks = Hooks.Concat(hooks);
        }
    }

    private protected static void Append<T>(ref List<T>? list, List<T>? more)
    {
        if (more is { Count: > 0 })
        {
            list = list is null ? [.. more] : [.. list, .. more];
        }
    }

    /// <summary>A copy that can be changed without the program noticing.</summary>
    internal abstract ResourceOptions Clone();
}
