using System.Collections.Immutable;
using Rehearsal.Graph;

namespace Rehearsal.Planning;

/// <summary>Works out what goes away at the end of an operation, and in which order.</summary>
internal sealed class Deletions(PlanContext context, PlanNotes notes)
{
    /// <summary>The steps that delete what was replaced and what the program no longer has; dependents before what they depend on.</summary>
    /// <exception cref="PlanningException">Something would go that the operator's targets do not name; a preview only reports it.</exception>
    public ImmutableArray<Step> Steps()
    {
        var steps = new Dictionary<TrackedResource, Step>(ReferenceEqualityComparer.Instance);
        foreach (var old in context.Olds.Where(old => !notes.Gone.Contains(old)))
        {
            if (old.State.Delete)
            {
                if (!notes.Condemned.Contains(old))
                {
                    steps[old] = new Step { Operation = old.State.External ? Operation.DiscardReplaced : Operation.DeleteReplaced, Old = old };
                }
            }
            else if (!notes.Wants(old.Urn))
            {
                steps[old] = new Step
                {
                    Operation = old.State.PendingReplacement || notes.Condemned.Contains(old) ? Operation.RemovePendingReplace : old.State.External
                        ? Operation.Discard : Operation.Delete,
                    Old = old,
                };
            }
        }
        if (context.IsConstrained)
        {
            Constrain(steps);
        }
        return [.. DependencyGraph.DeletionOrder(steps.Keys).Select(old => steps[old])];
    }

    // Only targets go, and what cannot stay without them
    private void Constrain(Dictionary<TrackedResource, Step> steps)
    {
        var allowed = new HashSet<TrackedResource>(ReferenceEqualityComparer.Instance);
        foreach (var target in context.Olds.Where(old => context.IsTarget(old.Urn)))
        {
            allowed.Add(target);
            allowed.UnionWith(context.Graph.DependingOn(target, children: true));
        }
        foreach (var old in steps.Keys.Where(old => !allowed.Contains(old)).ToArray())
        {
            steps.Remove(old);
        }
        if (context.TargetDependents)
        {
            return;
        }
        var unnamed = steps.Keys.Select(old => old.Urn).Where(urn => !context.IsTarget(urn)).Distinct()
            .OrderBy(urn => urn.Value, StringComparer.Ordinal).ToArray();
        foreach (var urn in unnamed)
        {
            context.Failed(
                $"Resource '{urn}' will be destroyed but was not specified in --target list.\n"
                + "Either include resource in --target list or pass --target-dependents to proceed.", urn);
        }
        if (unnamed.Length > 0 && !context.IsPreview)
        {
            throw new PlanningException([], unnamed[0]);
        }
    }
}
