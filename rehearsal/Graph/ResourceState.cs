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

    public ImmutableSortedDictionary<string, ImmutableArray<Urn>> PropertyDependencies { get; init; } =
        ImmutableSortedDictionary<string, ImmutableArray<Urn>>.Empty;

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

    /// <summary>Names of the program's hooks, by when they run: <c>BeforeDelete</c> and so on.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Hooks { get; init; } = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;

    public ImmutableArray<string> InitErrors { get; init; } = [];

    /// <summary>Whether the next update has to replace it.</summary>
    public bool Taint { get; init; }

    /// <summary>When it was created, as RFC 3339 text; empty when nobody recorded it.</summary>
    public string Created { get; init; } = "";

    /// <summary>When it was last created, updated or imported, as RFC 3339 text.</summary>
    public string Modified { get; init; } = "";

    public string SourcePosition { get; init; } = "";

    /// <summary>A value whose change replaces the resource; null without one.</summary>
    public PropertyValue? ReplacementTrigger { get; init; }

    /// <summary>Fields of newer versions of the format, by name, as JSON text: they are kept and not understood.</summary>
    public ImmutableSortedDictionary<string, string> Unread { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Another state with as much of this one in it as is equal, or this one: most of a large stack stays the same, and is kept once.</summary>
    public ResourceState OrEqual(ResourceState other)
    {
        var shared = other with
        {
            Inputs = Inputs.Equals(other.Inputs) ? Inputs : other.Inputs,
            Outputs = Outputs.Equals(other.Outputs) ? Outputs : other.Outputs,
            Dependencies = Either(Dependencies, other.Dependencies),
            PropertyDependencies = Either(PropertyDependencies, other.PropertyDependencies, Equal),
            AdditionalSecretOutputs = Either(AdditionalSecretOutputs, other.AdditionalSecretOutputs),
            ReplaceWith = Either(ReplaceWith, other.ReplaceWith),
            IgnoreChanges = Either(IgnoreChanges, other.IgnoreChanges),
            ReplaceOnChanges = Either(ReplaceOnChanges, other.ReplaceOnChanges),
            HideDiffs = Either(HideDiffs, other.HideDiffs),
            Hooks = Either(Hooks, other.Hooks, Equal),
        };
        return shared == this ? this : shared;
    }

    private static ImmutableArray<T> Either<T>(ImmutableArray<T> mine, ImmutableArray<T> other) => Equal(mine, other) ? mine : other;

    private static ImmutableSortedDictionary<string, T> Either<T>(
        ImmutableSortedDictionary<string, T> mine, ImmutableSortedDictionary<string, T> other, Func<T, T, bool> equal) =>
        mine.Count == other.Count && mine.Zip(other).All(pair => pair.First.Key == pair.Second.Key && equal(pair.First.Value, pair.Second.Value))
            ? mine
            : other;

    private static bool Equal<T>(ImmutableArray<T> mine, ImmutableArray<T> other) =>
        mine.IsDefault == other.IsDefault && (mine.IsDefault || mine.AsSpan().SequenceEqual(other.AsSpan()));
}

/// <summary>A resource whose state changes while an operation runs; two entries of one URN are told apart by reference.</summary>
public class TrackedResource(ResourceState state)
{
    private ResourceState _state = state;

    public ResourceState State
    {
        get => Volatile.Read(ref _state);
        set => Volatile.Write(ref _state, value);
    }

    public Urn Urn => State.Urn;
}

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

    public ImmutableSortedDictionary<string, ImmutableArray<Urn>> PropertyDependencies { get; init; } =
        ImmutableSortedDictionary<string, ImmutableArray<Urn>>.Empty;

    /// <summary>The provider's URN and id, joined by <c>::</c>; empty for the parent's provider or the default one.</summary>
    public string Provider { get; init; } = "";

    /// <summary>Whether a transform had the last word on <see cref="Provider"/>: without one there, it is the default provider, not the parent's.</summary>
    public bool ProviderSettled { get; init; }

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

    /// <summary>A value whose change replaces the resource; null without one.</summary>
    public PropertyValue? ReplacementTrigger { get; init; }

    /// <summary>Names of the program's hooks, by when they run: <c>BeforeDelete</c> and so on.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Hooks { get; init; } = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;
}

/// <summary>How long a provider may take, as Go durations (<c>30m</c>, <c>1h30m</c>); empty means the provider's default.</summary>
public sealed record CustomTimeouts(string Create, string Update, string Delete)
{
    public static readonly CustomTimeouts None = new("", "", "");
}
