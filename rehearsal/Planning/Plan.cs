using System.Collections.Immutable;

namespace Rehearsal.Planning;

/// <summary>The steps that lead from the old state to what the program asked for, in the order of their start.</summary>
public sealed record Plan(ImmutableArray<PlanStep> Steps)
{
    public static readonly Plan Empty = new([]);

    /// <summary>How many steps do what, default providers left out.</summary>
    public ImmutableSortedDictionary<Operation, int> Changes => Steps.Where(s => !s.IsDefaultProvider).GroupBy(s => s.Operation).ToImmutableSortedDictionary(g => g.Key, g => g.Count());
}
