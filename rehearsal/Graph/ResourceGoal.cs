using System.Collections.Immutable;
using Rehearsal.Wire;

namespace Rehearsal.Graph;

/// <summary>What a program asked for when it registered a resource.</summary>
public sealed record ResourceGoal
{
    public required string Type { get; init; }

    public required string Name { get; init; }

    public Urn? Parent { get; init; }

    public bool Custom { get; init; }

    public PropertyMap Properties { get; init; } = PropertyMap.Empty;

    /// <summary>Whether it resists deletion; null takes the parent's answer.</summary>
    public bool? Protect { get; init; }

    /// <summary>Whether a deletion leaves the real thing alone; null takes the parent's answer.</summary>
    public bool? RetainOnDelete { get; init; }

    /// <summary>Whether a replacement deletes first; null leaves it to the provider.</summary>
    public bool? DeleteBeforeReplace { get; init; }

    public ImmutableArray<Urn> Dependencies { get; init; } = [];

    public ImmutableSortedDictionary<string, ImmutableArray<Urn>> PropertyDependencies { get; init; } = ImmutableSortedDictionary<string, ImmutableArray<Urn>>.Empty;

    /// <summary>The provider's URN and id, joined by <c>::</c>; empty for the parent's provider or the default one.</summary>
    public string Provider { get; init; } = "";

    /// <summary>Provider references for the children of a component, by package.</summary>
    public ImmutableSortedDictionary<string, string> Providers { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The version of the provider's package, or empty.</summary>
    public string Version { get; init; } = "";

    public string PluginDownloadUrl { get; init; } = "";

    public ImmutableArray<string> IgnoreChanges { get; init; } = [];

    public ImmutableArray<string> ReplaceOnChanges { get; init; } = [];

    public ImmutableArray<string> HideDiffs { get; init; } = [];

    public ImmutableArray<string> AdditionalSecretOutputs { get; init; } = [];

    public ImmutableArray<AliasSpec> Aliases { get; init; } = [];

    public string ImportId { get; init; } = "";

    public CustomTimeouts CustomTimeouts { get; init; } = CustomTimeouts.None;

    public Urn? DeletedWith { get; init; }

    public ImmutableArray<Urn> ReplaceWith { get; init; } = [];
}
