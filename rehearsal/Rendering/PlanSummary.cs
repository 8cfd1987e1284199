using Rehearsal.Graph;
using Rehearsal.Planning;

namespace Rehearsal.Rendering;

/// <summary>What of a plan people see at first: components, and below them whatever changes.</summary>
/// <remarks>
/// Of a first deployment, in which everything is created, the components stand for the resources in them; of everything else each change has its row, and what
/// stays as it is has none. What is left out is counted behind the row above it.
/// </remarks>
internal sealed class PlanSummary
{
    private readonly IReadOnlyDictionary<Urn, string> _counts;

    private PlanSummary(IReadOnlyList<PlanStep> shown, IReadOnlyDictionary<Urn, string> counts, int created)
        => (Shown, _counts, Created) = (shown, counts, created);

    /// <summary>The steps that have a row.</summary>
    public IReadOnlyList<PlanStep> Shown { get; }

    /// <summary>How many resources of a first deployment have none.</summary>
    public int Created { get; }

    /// <summary>What is left out below a step, in words; empty where nothing is.</summary>
    public string Below(Urn urn) => _counts.GetValueOrDefault(urn, "");

    /// <summary>All of it.</summary>
    public static PlanSummary Whole(IReadOnlyList<PlanStep> steps) => new(steps, new Dictionary<Urn, string>(), 0);

    /// <summary>What is seen without <c>--verbose</c>.</summary>
    /// <param name="steps">The steps that could have a row.</param>
    /// <param name="diff">Whether each change is shown property by property, which needs its row.</param>
    public static PlanSummary Of(IReadOnlyList<PlanStep> steps, bool diff)
    {
        var parents = new Dictionary<Urn, Urn?>();
        foreach (var step in steps)
        {
            parents.TryAdd(step.Urn, step.Parent == step.Urn ? null : step.Parent);
        }
        var isFirst = !diff && steps.All(step => step.Operation is Operation.Create or Operation.Read && step.Old is null);
        var kept = new HashSet<Urn>();
        foreach (var step in steps.Where(step => isFirst ? IsConcept(step, parents) : step.CountedAs != Operation.Same || IsTop(step.Urn, parents)))
        {
            for (Urn? urn = step.Urn; urn is not null && parents.ContainsKey(urn) && kept.Add(urn);)
            {
                urn = parents[urn];
            }
        }
        var left = steps.Where(step => !kept.Contains(step.Urn)).ToArray();
        var counts = left.GroupBy(step => Above(step.Urn, parents, kept)).ToDictionary(group => group.Key, group => Words([.. group]));
        return new PlanSummary([.. steps.Where(step => kept.Contains(step.Urn))], counts, isFirst ? left.Length : 0);
    }

    // Components, and what stands beside them: programs without components are seen as they are
    private static bool IsConcept(PlanStep step, Dictionary<Urn, Urn?> parents)
        => (step.New ?? step.Old) is not { Custom: true } || step.Operation != Operation.Create || parents[step.Urn] is not { } parent
            || parent.Type == Urn.RootType || !parents.ContainsKey(parent);

    private static bool IsTop(Urn urn, Dictionary<Urn, Urn?> parents) => parents[urn] is not { } parent || !parents.ContainsKey(parent);

    private static Urn Above(Urn urn, Dictionary<Urn, Urn?> parents, HashSet<Urn> kept)
    {
        var above = parents[urn];
        while (above is not null && !kept.Contains(above))
        {
            above = parents[above];
        }
        return above!;
    }

    private static string Words(PlanStep[] left)
    {
        var created = left.Count(step => step.Operation == Operation.Create);
        string[] words = [.. created == 0 ? Array.Empty<string>() : [created == 1 ? "1 resource" : $"{created} resources"],
            .. created == left.Length ? Array.Empty<string>() : [$"{left.Length - created} unchanged"]];
        return $"with {string.Join(", ", words)}";
    }
}
