namespace Pulumi;

public abstract partial class ResourceOptions
{
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
