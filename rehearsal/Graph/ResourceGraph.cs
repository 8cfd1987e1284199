using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Rehearsal.Graph;

/// <summary>The resources that the running program has registered or read, by URN.</summary>
internal sealed class ResourceGraph
{
    private readonly ConcurrentDictionary<string, RegisteredResource> _resources = new(StringComparer.Ordinal);
    private RegisteredResource? _root;

    /// <summary>The stack's own resource, once it is registered.</summary>
    public RegisteredResource? Root => Volatile.Read(ref _root);

    /// <summary>Adds a resource; returns the one that has its URN already, or null.</summary>
    public RegisteredResource? Add(RegisteredResource resource)
    {
        var present = _resources.GetOrAdd(resource.Urn.Value, resource);
        if (!ReferenceEquals(present, resource))
        {
            return present;
        }
        if (resource.Goal.Type == Urn.RootType)
        {
            Volatile.Write(ref _root, resource);
        }
        return null;
    }

    public RegisteredResource? Find(Urn urn) => _resources.GetValueOrDefault(urn.Value);
}

/// <summary>A resource of the running program: what it asked for, and what is known of it so far.</summary>
internal sealed class RegisteredResource(ResourceGoal goal, ResourceState state)
{
    private ResourceState _state = state;

    public ResourceGoal Goal => goal;

    public ResourceState State
    {
        get => Volatile.Read(ref _state);
        set => Volatile.Write(ref _state, value);
    }

    public Urn Urn => State.Urn;

    /// <summary>Providers that its children use unless they name one, by package.</summary>
    public required ImmutableSortedDictionary<string, string> Providers { get; init; }

    /// <summary>Whether the program has said that it is complete (components only).</summary>
    public bool OutputsRegistered { get; set; }
}
