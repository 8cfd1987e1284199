using System.Collections.Immutable;
using Rehearsal.Graph;

namespace Rehearsal.Planning;

/// <summary>Who depends on whom in a state: by dependency, by property, by provider, by parent, and by what it is deleted with.</summary>
/// <remarks>Pure: it is made of a list in which dependencies come before their dependents, as every checkpoint is.</remarks>
internal sealed class DependencyGraph
{
    private readonly ImmutableArray<TrackedResource> _resources;
    private readonly Dictionary<TrackedResource, int> _places = new(ReferenceEqualityComparer.Instance);

    public DependencyGraph(IEnumerable<TrackedResource> resources)
    {
        _resources = [.. resources];
        for (var i = 0; i < _resources.Length; i++)
        {
            _places[_resources[i]] = i;
        }
    }

    /// <summary>The direct and indirect dependents of a resource, in the order of the state.</summary>
    /// <param name="root">What they depend on.</param>
    /// <param name="children">Whether a child depends on its parent.</param>
    public ImmutableArray<TrackedResource> DependingOn(TrackedResource root, bool children)
    {
        if (!_places.TryGetValue(root, out var place))
        {
            return [];
        }
        var set = new HashSet<string>(StringComparer.Ordinal) { root.Urn.Value };
        var found = ImmutableArray.CreateBuilder<TrackedResource>();
        for (var i = place + 1; i < _resources.Length; i++)
        {
            var state = _resources[i].State;
            if (References(state, children).Any(urn => set.Contains(urn.Value)))
            {
                found.Add(_resources[i]);
                set.Add(state.Urn.Value);
            }
        }
        return found.ToImmutable();
    }

    /// <summary>Resources in an order in which each goes before all that it depends on.</summary>
    public static ImmutableArray<TrackedResource> DeletionOrder(IReadOnlyCollection<TrackedResource> condemned)
    {
        var byUrn = condemned.ToLookup(resource => resource.Urn.Value);
        var (order, open) = (ImmutableArray.CreateBuilder<TrackedResource>(condemned.Count), new HashSet<TrackedResource>(ReferenceEqualityComparer.Instance));
        var stack = new Stack<(TrackedResource Resource, bool Ready)>();
        foreach (var resource in condemned)
        {
            stack.Push((resource, false));
            while (stack.TryPop(out var next))
            {
                if (next.Ready)
                {
                    order.Add(next.Resource);
                    continue;
                }
                if (!open.Add(next.Resource))
                {
                    continue;
                }
                stack.Push((next.Resource, true));
                foreach (var dependency in References(next.Resource.State, children: true).SelectMany(urn => byUrn[urn.Value]).Where(other => !open.Contains(other)))
                {
                    stack.Push((dependency, false));
                }
            }
        }
        // Dependencies came first
        order.Reverse();
        return order.ToImmutable();
    }

    /// <summary>Everything that a resource refers to.</summary>
    public static IEnumerable<Urn> References(ResourceState state, bool children)
    {
        if (children && state.Parent is { } parent)
        {
            yield return parent;
        }
        foreach (var urn in state.Dependencies)
        {
            yield return urn;
        }
        foreach (var urns in state.PropertyDependencies.Values.Where(urns => !urns.IsDefaultOrEmpty))
        {
            foreach (var urn in urns)
            {
                yield return urn;
            }
        }
        if (state.DeletedWith is { } with)
        {
            yield return with;
        }
        if (state.Provider.Length > 0)
        {
            yield return ProviderReference.Parse(state.Provider).Urn;
        }
    }
}
