using System.Collections.Immutable;
using Rehearsal.Graph;
using Rehearsal.Wire;

namespace Rehearsal.Planning;

/// <summary>Works out what has to go before a resource can be deleted ahead of its replacement.</summary>
/// <remarks>A dependent by property is asked whether it could stay if that property were another: if not, it goes first, and comes back when the program
/// registers it. One by <c>dependsOn</c> alone stays.</remarks>
internal sealed class Replacements(PlanContext context, PlanNotes notes)
{
    /// <summary>The steps that delete a resource and its dependents, the last dependents first.</summary>
    /// <param name="old">The resource that is replaced.</param>
    /// <param name="urn">Its present URN, for messages.</param>
    /// <exception cref="PlanningException">A dependent is protected.</exception>
    public ImmutableArray<Step> DeleteFirst(TrackedResource old, Urn urn)
    {
        var steps = ImmutableArray.CreateBuilder<Step>();
        foreach (var (dependent, keys) in Dependents(old).Reverse())
        {
            if (notes.Condemned.Contains(dependent))
            {
                continue;
            }
            if (dependent.State.Protect && !dependent.State.Delete)
            {
                context.Failed(
                    $"unable to replace resource \"{dependent.Urn}\" as part of replacing \"{urn}\" as it is currently marked for protection. "
                    + "To unprotect the resource, remove the `protect` flag from the resource in your Pulumi program and run `pulumi up`, "
                    + $"or use the command:\n`pulumi state unprotect \"{dependent.Urn}\"`", urn);
                throw new PlanningException([], urn);
            }
            notes.DependentKeys[dependent.Urn.Value] = keys;
            steps.Add(dependent.State.Delete
                ? new Step { Operation = Operation.Delete, Old = dependent }
                : new Step { Operation = Operation.DeleteReplaced, Old = dependent, PendingReplacement = true });
            notes.Deletes.Add(dependent.Urn.Value);
            notes.Condemned.Add(dependent);
        }
        if (!old.State.PendingReplacement)
        {
            steps.Add(new Step { Operation = Operation.DeleteReplaced, Old = old, PendingReplacement = true });
            notes.Condemned.Add(old);
        }
        return steps.ToImmutable();
    }

    /// <summary>The dependents that could not stay if a resource were another one, in the order of the state, each with the properties that say so.</summary>
    public ImmutableArray<(TrackedResource Resource, ImmutableArray<string> Keys)> Dependents(TrackedResource root)
    {
        var replaced = new HashSet<string>(StringComparer.Ordinal) { root.Urn.Value };
        var found = ImmutableArray.CreateBuilder<(TrackedResource, ImmutableArray<string>)>();
        foreach (var dependent in context.Graph.DependingOn(root, children: false))
        {
            if (Reasons(dependent.State, replaced) is { } keys)
            {
                found.Add((dependent, keys));
                replaced.Add(dependent.Urn.Value);
            }
        }
        return found.ToImmutable();
    }

    // Null when it can stay
    private ImmutableArray<string>? Reasons(ResourceState state, HashSet<string> replaced)
    {
        if (!state.Custom || state.External)
        {
            return null;
        }
        if (state.Provider.Length > 0 && replaced.Contains(ProviderReference.Parse(state.Provider).Urn.Value))
        {
            return ImmutableArray<string>.Empty;
        }
        if (state.ReplaceWith.Any(urn => replaced.Contains(urn.Value)))
        {
            return ["replaceWith"];
        }
        var inputs = state.Inputs;
        foreach (var (key, urns) in state.PropertyDependencies)
        {
            if (!urns.IsDefaultOrEmpty && urns.Any(urn => replaced.Contains(urn.Value)) && inputs.ContainsKey(key))
            {
                inputs = inputs.With(key, UnknownProperty.Instance);
            }
        }
        if (ReferenceEquals(inputs, state.Inputs))
        {
            return null;
        }
        var diff = context.Diff(context.Providers.Managing(state.Type), state, state, inputs);
        return diff.Replaces ? diff.ReplaceKeys : null;
    }
}
