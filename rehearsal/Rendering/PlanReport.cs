using System.Collections.Frozen;
using System.Collections.Immutable;
using Rehearsal.Comparing;
using Rehearsal.Graph;
using Rehearsal.Manifests;
using Rehearsal.Policies;
using Rehearsal.StackFiles;
using Rehearsal.Wire;

namespace Rehearsal.Rendering;

/// <summary>What a report of a plan tells: its resources by concept, in the order of the tree, with what hangs on each.</summary>
internal sealed record PlanReport
{
    public required Side Side { get; init; }

    public required PolicyResult Policy { get; init; }

    /// <summary>What was told while the program ran.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    public required ImmutableArray<ReportConcept> Concepts { get; init; }

    /// <summary>Where in the page a resource stands.</summary>
    public required FrozenDictionary<Urn, string> Links { get; init; }

    /// <summary>Makes one.</summary>
    /// <param name="side">The plan; what must not be shown of it becomes secret here.</param>
    /// <param name="policy">What is against the rules in it.</param>
    /// <param name="pages">What the project's documents say.</param>
    public static PlanReport Of(Side side, PolicyResult policy, ConceptPages pages)
    {
        side = SideSecrets.Mark(side);
        var states = side.Resources.Where(state => !ProviderReference.IsDefaultProvider(state.Urn) && state.Type != Urn.RootType)
            .DistinctBy(state => state.Urn).OrderBy(state => state.Urn.Value, StringComparer.Ordinal).ToFrozenDictionary(state => state.Urn);
        ResourceState[] laid =
        [
            .. PlanTree.Arrange([.. states.Values.OrderBy(state => state.Urn.Value, StringComparer.Ordinal)
                .Select(state => new PlanRow(state.Urn, state.Parent, state.Type, default))]).Select(line => states[line.Row.Urn]),
        ];
        // Whose parents go in a circle stands in no tree
        ResourceState[] all = [.. laid, .. states.Values.Except(laid).OrderBy(state => state.Urn.Value, StringComparer.Ordinal)];
        var neededBy = all.SelectMany(state => state.Needs().Select(need => (need, state.Urn))).ToLookup(pair => pair.need, pair => pair.Urn);
        var findings = policy.Findings.Where(finding => finding.Urn is not null).ToLookup(finding => finding.Urn!);
        string[] order = [.. pages.Named];
        return new PlanReport
        {
            Side = side,
            Policy = policy,
            Notes = [.. pages.Problems],
            Links = all.Select((state, index) => (state.Urn, Link: $"r{index + 1}")).ToFrozenDictionary(entry => entry.Urn, entry => entry.Link),
            Concepts =
            [
                .. all.GroupBy(state => Concept(state, states), StringComparer.Ordinal).Select(group => (group.Key, Words: pages.Of(group.Key), States: group))
                    .OrderBy(group => Array.IndexOf(order, group.Key) is >= 0 and var index ? index : order.Length)
                    .ThenBy(group => group.Words.Title, StringComparer.Ordinal)
                    .Select(group => new ReportConcept(group.Words, [.. group.States.Select(state => new ReportEntry(
                        state, [.. Above(state, states).Reverse().Select(above => above.Urn.Name)], [.. neededBy[state.Urn]], [.. findings[state.Urn]]))])),
            ],
        };
    }

    // The concept of the outermost component; what is in none is about what its own type is about
    private static string Concept(ResourceState state, FrozenDictionary<Urn, ResourceState> states)
    {
        var outermost = Above(state, states).LastOrDefault(above => !above.Custom) ?? (state.Custom ? null : state);
        if (outermost is not null)
        {
            return TypeParts.Concept(outermost.Type);
        }
        var (package, concept) = (TypeParts.Package(state.Type), TypeParts.Concept(state.Type));
        return concept == package || ProviderReference.IsProviderType(state.Type) ? concept : $"{package} {concept}";
    }

    private static IEnumerable<ResourceState> Above(ResourceState state, FrozenDictionary<Urn, ResourceState> states)
    {
        var seen = new HashSet<Urn> { state.Urn };
        for (var at = state; at.Parent is { } parent && states.TryGetValue(parent, out var above) && seen.Add(parent); at = above)
        {
            yield return above;
        }
    }
}

/// <summary>A concept with what a plan has of it.</summary>
internal sealed record ReportConcept(ConceptWords Words, ImmutableArray<ReportEntry> Entries)
{
    public int Resources => Entries.Count(entry => entry.State.Custom);

    public int Components => Entries.Length - Resources;
}

/// <summary>A resource or component.</summary>
/// <param name="State">It.</param>
/// <param name="Within">The names of what it is in, the outermost first.</param>
/// <param name="NeededBy">What needs it.</param>
/// <param name="Findings">What is against the rules in it, waived or not.</param>
internal sealed record ReportEntry(ResourceState State, ImmutableArray<string> Within, ImmutableArray<Urn> NeededBy, ImmutableArray<PolicyFinding> Findings)
{
    /// <summary>What it is told, as YAML that people read; empty when it is told nothing.</summary>
    public string Inputs => Yaml(State.Inputs);

    /// <summary>What is known of it beyond that.</summary>
    public string Outputs => Yaml(PropertyMap.From(Gained.Where(output => !output.Value.ContainsUnknowns)));

    /// <summary>The names of what only its deployment tells.</summary>
    public IEnumerable<string> Unknown => Gained.Where(output => output.Value.ContainsUnknowns).Select(output => output.Key);

    private IEnumerable<KeyValuePair<string, PropertyValue>> Gained => State.Outputs.Where(output => !output.Key.StartsWith("__", StringComparison.Ordinal)
        && !(State.Inputs.TryGetValue(output.Key, out var input) && input.Equals(output.Value)));

    /// <summary>Properties as YAML, secrets and unknown values as words.</summary>
    public static string Yaml(PropertyMap properties)
    {
        var written = ApprovedPlan.AsWritten(properties);
        var text = written.Count == 0 ? "" : ManifestYaml.Text(written);
        return text.StartsWith("---\n", StringComparison.Ordinal) ? text[4..] : text;
    }
}
