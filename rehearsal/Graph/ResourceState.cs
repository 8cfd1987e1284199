using System.Collections.Immutable;
using Rehearsal.Wire;

namespace Rehearsal.Graph;

/// <summary>A resource as a checkpoint records it; the properties are the fields of Pulumi's deployment format, version 3.</summary>
public sealed record ResourceState
{
    public required Urn Urn { get; init; }

    /// <summary>Whether a provider manages it; components are not custom.</summary>
    public bool Custom { get; init; }

    /// <summary>Whether a replaced resource still waits for its deletion.</summary>
    public bool Delete { get; init; }

    /// <summary>The provider's id; null for components and for what only a deployment can know.</summary>
    public string? Id { get; init; }

    public required string Type { get; init; }

    public PropertyMap Inputs { get; init; } = PropertyMap.Empty;

    public PropertyMap Outputs { get; init; } = PropertyMap.Empty;

    public Urn? Parent { get; init; }

    public bool Protect { get; init; }

    /// <summary>Whether it is only read and never managed.</summary>
    public bool External { get; init; }

    public ImmutableArray<Urn> Dependencies { get; init; } = [];

    /// <summary>The provider's URN and id, joined by <c>::</c>; empty for components and providers.</summary>
    public string Provider { get; init; } = "";

    public ImmutableSortedDictionary<string, ImmutableArray<Urn>> PropertyDependencies { get; init; } = ImmutableSortedDictionary<string, ImmutableArray<Urn>>.Empty;

    public bool PendingReplacement { get; init; }

    public ImmutableArray<string> AdditionalSecretOutputs { get; init; } = [];

    /// <summary>Former URNs under which it may be found in the state.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    public CustomTimeouts CustomTimeouts { get; init; } = CustomTimeouts.None;

    /// <summary>The id of an existing thing to adopt, or empty.</summary>
    public string ImportId { get; init; } = "";

    public bool RetainOnDelete { get; init; }

    /// <summary>The resource whose deletion deletes this one too.</summary>
    public Urn? DeletedWith { get; init; }

    public ImmutableArray<Urn> ReplaceWith { get; init; } = [];

    public ImmutableArray<string> IgnoreChanges { get; init; } = [];

    public ImmutableArray<string> ReplaceOnChanges { get; init; } = [];

    public ImmutableArray<string> HideDiffs { get; init; } = [];

    public ImmutableArray<string> InitErrors { get; init; } = [];
}
