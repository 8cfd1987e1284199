using System.Collections.Frozen;
using System.Collections.Immutable;
using Rehearsal.Graph;

namespace Rehearsal.Planning;

/// <summary>The steps that lead from the old state to what the program asked for, in the order of their start.</summary>
public sealed record Plan(ImmutableArray<PlanStep> Steps)
{
    /// <summary>The plan as Pulumi reports it: without the providers that the engine made itself.</summary>
    public Plan WithoutDefaultProviders() => new([.. Steps.Where(step => !step.IsDefaultProvider)]);

    /// <summary>The plan without steps that changed nothing and that are there for the engine's own sake.</summary>
    public bool HasChanges => Changes.Keys.Any(operation => operation != Operation.Same);

    /// <summary>How many steps do what; default providers, reads, parts of replacements and failures are not counted, as with Pulumi.</summary>
    public ImmutableSortedDictionary<Operation, int> Changes
        => Steps.Where(step => step.Counts).GroupBy(step => step.CountedAs).ToImmutableSortedDictionary(step => step.Key, step => step.Count());

    /// <summary>The steps in the order of the tree of resources, siblings by URN: the same for the same plan, whatever order the program ran in.</summary>
    public Plan Ordered() => new([.. Rendering.PlanTree.Order(Steps)]);
}

/// <summary>One operation on one resource.</summary>
public sealed record PlanStep
{
    public required Operation Operation { get; init; }

    public required Urn Urn { get; init; }

    /// <summary>The provider's URN and id, joined by <c>::</c>; empty for components and providers.</summary>
    public string Provider { get; init; } = "";

    /// <summary>The resource before the step; null when there is none.</summary>
    public ResourceState? Old { get; init; }

    /// <summary>The resource after the step; null when it is deleted.</summary>
    public ResourceState? New { get; init; }

    /// <summary>Top-level properties that changed.</summary>
    public ImmutableArray<string> DiffReasons { get; init; } = [];

    /// <summary>Top-level properties whose change needs a replacement.</summary>
    public ImmutableArray<string> ReplaceReasons { get; init; } = [];

    /// <summary>What changes, by path; empty where the provider does not say.</summary>
    internal ImmutableSortedDictionary<string, PropertyDifference> Detailed { get; init; } = ImmutableSortedDictionary<string, PropertyDifference>.Empty;

    /// <summary>The resource as it was known when the step began, without what the step found out; the same as <see cref="New"/> where nobody recorded
    /// it.</summary>
    public ResourceState? Announced { get; init; }

    /// <summary>Whether the step could not be done.</summary>
    public bool Failed { get; init; }

    /// <summary>What a refresh found, which is what it counts as.</summary>
    public Operation? Found { get; init; }

    /// <summary>Whether it is a step of its own, and no part of a replacement.</summary>
    public bool IsLogical => Operation is not (
        Operation.CreateReplacement or Operation.DeleteReplaced or Operation.ImportReplacement or Operation.ReadReplacement or Operation.DiscardReplaced);

    /// <summary>Whether the summary counts it.</summary>
    public bool Counts => IsLogical && !Failed && !IsDefaultProvider && (Operation is not (Operation.Read or Operation.Refresh) || Found is not null);

    /// <summary>What the summary counts it as.</summary>
    public Operation CountedAs => Found ?? Operation;

    public string Type => (New ?? Old)?.Type ?? Urn.Type;

    public string Name => Urn.Name;

    public Urn? Parent => (New ?? Old)?.Parent;

    /// <summary>Whether it concerns a provider that the engine made itself; Pulumi neither shows nor counts those.</summary>
    public bool IsDefaultProvider => ProviderReference.IsDefaultProvider(Urn);
}

/// <summary>What a step does to a resource; the names are Pulumi's.</summary>
public enum Operation
{
    Same,
    Create,
    Update,
    Delete,
    Replace,
    CreateReplacement,
    DeleteReplaced,
    Read,
    ReadReplacement,
    Refresh,
    Discard,
    DiscardReplaced,
    RemovePendingReplace,
    Import,
    ImportReplacement,
}

/// <summary>The spelling of operations in Pulumi's JSON: <c>create-replacement</c> for <see cref="Operation.CreateReplacement"/>.</summary>
public static class OperationNames
{
    private static readonly FrozenDictionary<Operation, string> Names = Enum.GetValues<Operation>().ToFrozenDictionary(option => option, Kebab);

    public static string PulumiName(this Operation operation) => Names[operation];

    private static string Kebab(Operation operation) =>
        string.Concat(
            operation
                .ToString()
                .Select((entry, index) => char.IsUpper(entry) && index > 0 ? $"-{char.ToLowerInvariant(entry)}" : $"{char.ToLowerInvariant(entry)}"));
}
