using System.Collections.Immutable;
using Rehearsal.Graph;
using Rehearsal.Providers;
using Rehearsal.Wire;

namespace Rehearsal.Planning;

/// <summary>What has been planned so far, by URN.</summary>
internal sealed class PlanNotes
{
    /// <summary>Under which other URNs the program says that a resource may have been known, of those that are not in the state under their own.</summary>
    public Dictionary<Urn, ImmutableArray<string>> FormerUrns { get; } = [];

    /// <summary>URNs that the program has registered.</summary>
    public HashSet<string> Urns { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Sames { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Updates { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Replaces { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Reads { get; } = new(StringComparer.Ordinal);

    /// <summary>Resources that targets leave out, and that do not exist.</summary>
    public HashSet<string> Skipped { get; } = new(StringComparer.Ordinal);

    /// <summary>Resources deleted ahead of the replacement of what they depend on; they may come back.</summary>
    public HashSet<string> Deletes { get; } = new(StringComparer.Ordinal);

    /// <summary>The same, entry by entry of the state before.</summary>
    public HashSet<TrackedResource> Condemned { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Entries of the state before that a refresh did not find.</summary>
    public HashSet<TrackedResource> Gone { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Why a dependent was deleted ahead: its properties that would have changed.</summary>
    public Dictionary<string, ImmutableArray<string>> DependentKeys { get; } = new(StringComparer.Ordinal);

    /// <summary>Former URNs, each with the resource that took it over.</summary>
    public Dictionary<string, Urn> Aliased { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the program still wants the resource of that URN.</summary>
    public bool Wants(Urn urn)
    {
        var present = Aliased.GetValueOrDefault(urn.Value, urn).Value;
        return Sames.Contains(present) || Updates.Contains(present) || Replaces.Contains(present) || Reads.Contains(present);
    }
}

/// <summary>What a plan is made from, and where its problems go.</summary>
internal sealed class PlanContext
{
    private readonly UrnPatterns _targets;
    private readonly UrnPatterns _excludes;
    private readonly UrnPatterns _replaces;
    private readonly PlanOptions _options;
    private readonly Lazy<Dictionary<string, PropertyMap>> _oldProviders;

    public PlanContext(PlanOptions options, bool preview, ImmutableArray<TrackedResource> olds, ProviderRegistry providers)
    {
        (_options, IsPreview, Olds, Providers) = (options, preview, olds, providers);
        (_targets, _excludes, _replaces) = (new UrnPatterns(options.Targets), new UrnPatterns(options.Excludes), new UrnPatterns(options.Replaces));
        Graph = new DependencyGraph(olds);
        _oldProviders = new(() => olds.Where(old => ProviderReference.IsProviderType(old.State.Type) && !old.State.Delete).DistinctBy(old => old.Urn)
            .ToDictionary(old => old.Urn.Value, old => old.State.Inputs, StringComparer.Ordinal));
    }

    public bool IsPreview { get; }

    /// <summary>The resources of the state before.</summary>
    public ImmutableArray<TrackedResource> Olds { get; }

    public DependencyGraph Graph { get; }

    public ProviderRegistry Providers { get; }

    /// <summary>Finds a resource that the program has registered.</summary>
    public Func<Urn, TrackedResource?> Find { get; init; } = _ => null;

    /// <summary>Gets problems that make the operation fail, and that a preview goes on after.</summary>
    public Action<string, Urn> Failed { get; init; } = (_, _) => { };

    public Action<string, Urn> Warn { get; init; } = (_, _) => { };

    /// <summary>Whether only some resources may change.</summary>
    public bool IsConstrained => !_targets.IsEmpty || !_excludes.IsEmpty;

    public bool TargetDependents => _options.TargetDependents;

    public IEnumerable<string> MissingTargets => _targets.Literals.Concat(_excludes.Literals).Concat(_replaces.Literals).Distinct(StringComparer.Ordinal);

    /// <summary>Reports a problem; outside of a preview the operation ends with it.</summary>
    public void Report(string problem, Urn urn)
    {
        if (!IsPreview)
        {
            throw new PlanningException(problem, urn);
        }
        Failed(problem, urn);
    }

    public bool IsReplaced(Urn urn) => !_replaces.IsEmpty && _replaces.Contains(urn);

    /// <summary>Whether the operator's targets allow it to change.</summary>
    public bool IsTarget(Urn urn) => !_targets.IsEmpty ? _targets.Contains(urn) : !_excludes.Contains(urn);

    /// <summary>The same, and with <c>--target-dependents</c> also of what depends on a target.</summary>
    public bool IsTargeted(ResourceState state, PlanNotes notes)
    {
        if (!IsConstrained || IsTarget(state.Urn))
        {
            return true;
        }
        return !_targets.IsEmpty && TargetDependents
            && DependencyGraph.References(state, children: true).Any(urn => _targets.Contains(notes.Aliased.GetValueOrDefault(urn.Value, urn)));
    }

    /// <summary>Makes a target of what is one by its dependencies, so that its own dependents are, too.</summary>
    public void NoteTarget(ResourceState state)
    {
        if (!_targets.IsEmpty && !_targets.Contains(state.Urn) && TargetDependents && !ProviderReference.IsProviderType(state.Type)
            && state.Type != Urn.RootType)
        {
            _targets.Add(state.Urn);
        }
    }

    public DiffResult Diff(IProvider provider, ResourceState old, ResourceState @new, PropertyMap? inputs = null)
    {
        var former = OldProvider(old.Provider);
        var provided = @new.Provider.Length == 0 ? PropertyMap.Empty
            : Find(ProviderReference.Parse(@new.Provider).Urn)?.State.Inputs ?? OldProvider(@new.Provider) ?? PropertyMap.Empty;
        return provider.Diff(new DiffRequest(@new.Urn, @new.Type, old.Id ?? "", old.Inputs, old.Outputs, inputs ?? @new.Inputs, provided)
        {
            OldProvider = former ?? provided,
        });
    }

    private PropertyMap? OldProvider(string reference)
        => reference.Length > 0 && _oldProviders.Value.TryGetValue(ProviderReference.Parse(reference).Urn.Value, out var provider) ? provider : null;

    /// <summary>What a generated name follows from: nothing in the first preview, so that it is the same in each, and another name for a replacement and for an
    /// update.</summary>
    public string Seed(Urn urn, ResourceState? old) => (IsPreview, old) switch
    {
        (true, null) => "",
        (_, null) => " update",
        _ => $" {(IsPreview ? "preview" : "update")} {old.Id}",
    };
}

/// <summary>Something that cannot be planned, so that the operation ends.</summary>
internal sealed class PlanningException(ImmutableArray<string> problems, Urn? urn) : Exception(string.Join('\n', problems))
{
    public PlanningException(string problem, Urn? urn)
        : this([problem], urn)
    {
    }

    public ImmutableArray<string> Problems { get; } = problems;

    public Urn? Urn { get; } = urn;
}
