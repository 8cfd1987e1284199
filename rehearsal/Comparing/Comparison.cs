using System.Collections.Immutable;
using Rehearsal.Graph;
using Rehearsal.Planning;

namespace Rehearsal.Comparing;

/// <summary>What lies between two sides; the same for the same sides, byte for byte, and without a secret in any text.</summary>
internal sealed record Comparison
{
    public required Side Old { get; init; }

    public required Side New { get; init; }

    /// <summary>What differs, in the order of the tree of resources.</summary>
    public ImmutableArray<ResourceChange> Changes { get; init; } = [];

    /// <summary>How many resources are the same on both sides.</summary>
    public int Unchanged { get; init; }

    /// <summary>What the operator has to know before the changes are read.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>Every resource of either side, in the order of the tree; the old one of what goes.</summary>
    public ImmutableArray<ResourceState> All { get; init; } = [];

    public bool IsEmpty => Changes.IsEmpty;

    /// <summary>How many resources change in each way.</summary>
    public ImmutableSortedDictionary<ChangeKind, int> Counts
        => Changes.GroupBy(change => change.Kind).ToImmutableSortedDictionary(kind => kind.Key, kind => kind.Count());
}

/// <summary>What differs of one resource.</summary>
internal sealed record ResourceChange
{
    public required ChangeKind Kind { get; init; }

    /// <summary>The resource before, its secrets marked; null when it is created.</summary>
    public ResourceState? Old { get; init; }

    /// <summary>The resource after, its secrets marked; null when it is deleted.</summary>
    public ResourceState? New { get; init; }

    /// <summary>Properties and options that differ, by path; of what is created all that it has.</summary>
    public ImmutableArray<PropertyChange> Properties { get; init; } = [];

    /// <summary>Why it is replaced: properties, or what else needs another one.</summary>
    public ImmutableArray<string> Reasons { get; init; } = [];

    /// <summary>The URN under which it was known before, where it has another one now.</summary>
    public Urn? Former { get; init; }

    /// <summary>What goes down for a moment, in words; null when nothing is known to.</summary>
    public string? Restarts { get; init; }

    /// <summary>Whether the program alone makes this difference; null where nobody can tell.</summary>
    public bool? IsByProgram { get; init; }

    public ResourceState State => (New ?? Old)!;

    public Urn Urn => State.Urn;

    public string Type => State.Type;

    public string Name => Urn.Name;

    /// <summary>Whether what stands behind it changes, and not only what the engine keeps of it.</summary>
    public bool IsReal => Kind is not (ChangeKind.Options or ChangeKind.Move);

    /// <summary>In words what it was called before; null when it keeps its name.</summary>
    public string? Moved => Former is null ? null
        : Former.Name != Urn.Name ? $"renamed from {Former.Name}"
        : Former.Type != Urn.Type ? $"known as {Former.Type} before"
        : Former.QualifiedType == Former.Type ? "moved from the stack itself" : $"moved from {Former.QualifiedType[..^(Former.Type.Length + 1)]}";
}

/// <summary>What happens to a resource.</summary>
internal enum ChangeKind
{
    Create,
    Update,
    Replace,
    Delete,

    /// <summary>Only what the engine keeps of it changes: protection, dependencies, its provider.</summary>
    Options,

    /// <summary>Nothing changes but its URN.</summary>
    Move,
}

/// <summary>How one property or option differs.</summary>
/// <param name="Path">Where, as Pulumi writes it; an option has no dot before it and is marked as one.</param>
/// <param name="Kind">Whether it comes, goes or changes.</param>
/// <param name="Old">The value before as one line, secrets hidden; null when there was none.</param>
/// <param name="New">The value after, likewise.</param>
internal sealed record PropertyChange(string Path, DifferenceKind Kind, string? Old, string? New)
{
    /// <summary>Whether it needs a new resource.</summary>
    public bool Replaces { get; init; }

    /// <summary>Whether either value is secret, so that both are hidden.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Whether it is an option of the resource and no property.</summary>
    public bool IsOption { get; init; }

    /// <summary>The lines that differ of a text of several lines, each with its sign; empty of all other values.</summary>
    public ImmutableArray<string> Lines { get; init; } = [];
}

/// <summary>The words and signs of changes, the same in every format.</summary>
internal static class ChangeWords
{
    public static string Word(this ChangeKind kind) => kind switch
    {
        ChangeKind.Create => "create",
        ChangeKind.Update => "update",
        ChangeKind.Replace => "replace",
        ChangeKind.Delete => "delete",
        ChangeKind.Options => "options",
        _ => "move",
    };

    /// <summary>The operation of Pulumi's that looks like it.</summary>
    public static Operation Operation(this ChangeKind kind) => kind switch
    {
        ChangeKind.Create => Planning.Operation.Create,
        ChangeKind.Update => Planning.Operation.Update,
        ChangeKind.Replace => Planning.Operation.Replace,
        ChangeKind.Delete => Planning.Operation.Delete,
        _ => Planning.Operation.RemovePendingReplace,
    };

    /// <summary>How many there are: <c>3 created</c>.</summary>
    public static string Count(ChangeKind kind, int count) => kind switch
    {
        ChangeKind.Options => $"{count} with other options only",
        ChangeKind.Move => $"{count} moved",
        _ => $"{count} {kind.Word()}d",
    };

    /// <summary>All that differs, in one line.</summary>
    public static string Summary(this Comparison comparison)
    {
        var restarted = comparison.Changes.Count(change => change.Restarts is not null);
        string[] parts =
        [
            .. comparison.Counts.Select(count => Count(count.Key, count.Value)),
            .. restarted == 0 ? Array.Empty<string>() : [$"{restarted} of the updated restart{(restarted == 1 ? "s" : "")}"],
            $"{comparison.Unchanged} unchanged",
        ];
        return comparison.IsEmpty ? $"no difference, {comparison.Unchanged} resource{(comparison.Unchanged == 1 ? "" : "s")} the same"
            : string.Join(", ", parts);
    }
}

/// <summary>What changes in one component.</summary>
/// <param name="Name">The component with those that it is in; of what is in none the stack.</param>
/// <param name="Changes">What changes in it, in the order of the tree.</param>
internal sealed record ComponentChanges(string Name, IReadOnlyList<ResourceChange> Changes)
{
    /// <summary>How much of it changes, in one line.</summary>
    public string Summary => string.Join(", ", Changes.GroupBy(change => change.Kind).OrderBy(kind => kind.Key)
        .Select(kind => ChangeWords.Count(kind.Key, kind.Count())));
}

/// <summary>Puts changes together by component.</summary>
internal static class Components
{
    // A damaged state may have parents in a circle
    private const int Deepest = 100;

    /// <summary>What a resource needs: what it was told to wait for, and what its properties come from.</summary>
    public static IEnumerable<Urn> Needs(this ResourceState state)
        => state.Dependencies.Concat(state.PropertyDependencies.Values.Where(urns => !urns.IsDefault).SelectMany(urns => urns)).Distinct()
            .OrderBy(urn => urn.Value, StringComparer.Ordinal);

    /// <summary>The changes by the nearest component that holds them, in the order of the tree.</summary>
    public static IEnumerable<ComponentChanges> ByComponent(this Comparison comparison)
    {
        var byUrn = comparison.All.ToDictionary(state => state.Urn);
        return comparison.Changes.GroupBy(change => Nearest(change.State, byUrn)).Select(group => new ComponentChanges(
            group.Key is { } component ? Path(component, byUrn) : "the stack itself", [.. group]));
    }

    // A component that changes itself belongs to itself
    private static ResourceState? Nearest(ResourceState state, Dictionary<Urn, ResourceState> byUrn)
    {
        var steps = 0;
        for (var at = state; at is not null && at.Type != Urn.RootType && steps < Deepest; at = Above(at, byUrn), steps++)
        {
            if (!at.Custom)
            {
                return at;
            }
        }
        return null;
    }

    private static string Path(ResourceState component, Dictionary<Urn, ResourceState> byUrn)
    {
        var names = new List<string>();
        for (var at = component; at is not null && at.Type != Urn.RootType && names.Count < Deepest; at = Above(at, byUrn))
        {
            names.Add($"{at.Urn.Name} ({at.Type})");
        }
        names.Reverse();
        return string.Join(" / ", names);
    }

    private static ResourceState? Above(ResourceState state, Dictionary<Urn, ResourceState> byUrn)
        => state.Parent is { } parent && parent != state.Urn ? byUrn.GetValueOrDefault(parent) : null;
}
