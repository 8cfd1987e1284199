using System.Collections.Immutable;
using Rehearsal.Graph;

namespace Rehearsal.Planning;

/// <summary>Who depends on whom in a state: by dependency, by property, by provider, by parent, and by what it is deleted with.</summary>
/// <remarks>Pure: it is made of a list in which dependencies come before their dependents, as every checkpoint is.</remarks>
internal sealed class DependencyGraph
{
    private readonly ImmutableArray<TrackedResource> _resources;
    private readonly Lazy<Dictionary<TrackedResource, int>> _places;
    private readonly Lazy<ILookup<string, int>> _dependents;
    private readonly Lazy<ILookup<string, int>> _children;

    public DependencyGraph(IEnumerable<TrackedResource> resources)
    {
        _resources = [.. resources];
        _places = new(Places);
        _dependents = new(() => Edges(state => References(state, children: false)));
        _children = new(() => Edges(state => state.Parent is { } parent ? [parent] : []));
    }

    /// <summary>The direct and indirect dependents of a resource, in the order of the state.</summary>
    /// <param name="root">What they depend on.</param>
    /// <param name="children">Whether a child depends on its parent.</param>
    public ImmutableArray<TrackedResource> DependingOn(TrackedResource root, bool children)
    {
        if (!_places.Value.TryGetValue(root, out var place))
        {
            return [];
        }
        var found = new SortedSet<int>();
        var open = new Queue<string>([root.Urn.Value]);
        while (open.TryDequeue(out var urn))
        {
            foreach (var dependent in children ? _dependents.Value[urn].Concat(_children.Value[urn]) : _dependents.Value[urn])
            {
                // What stands before it in the state depends on another of the same URN, which is gone
                if (dependent > place && found.Add(dependent))
                {
                    open.Enqueue(_resources[dependent].Urn.Value);
                }
            }
        }
        return [.. found.Select(index => _resources[index])];
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
                foreach (var dependency in References(next.Resource.State, children: true).SelectMany(urn => byUrn[urn.Value])
                    .Where(other => !open.Contains(other)))
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

    private Dictionary<TrackedResource, int> Places()
    {
        var places = new Dictionary<TrackedResource, int>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < _resources.Length; i++)
        {
            places[_resources[i]] = i;
        }
        return places;
    }

    private ILookup<string, int> Edges(Func<ResourceState, IEnumerable<Urn>> of)
        => Enumerable.Range(0, _resources.Length).SelectMany(index => of(_resources[index].State).Distinct().Select(urn => (Urn: urn.Value, Place: index)))
            .ToLookup(edge => edge.Urn, edge => edge.Place, StringComparer.Ordinal);
}
