using System.Collections.Concurrent;
using System.Collections.Immutable;
using Rehearsal.Wire;

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
internal sealed class RegisteredResource(ResourceGoal goal, ResourceState state) : TrackedResource(state)
{
    private ResourceGoal? _goal = goal;

    /// <summary>What the program asked for, as long as its steps are planned and done.</summary>
    /// <exception cref="InvalidOperationException">They are done.</exception>
    public ResourceGoal Goal => _goal ?? throw new InvalidOperationException($"the steps of '{Urn}' are done");

    /// <summary>Providers that its children use unless they name one, by package.</summary>
    public required ImmutableSortedDictionary<string, string> Providers { get; init; }

    /// <summary>Whether the program has said that it is complete (components only).</summary>
    public bool OutputsRegistered { get; set; }

    /// <summary>Whether it is left out of an update with targets: it does not exist afterwards.</summary>
    public bool Skipped { get; set; }

    /// <summary>The last step that it took part in, for the event of a component's completion.</summary>
    public Planning.Step? Step { get; set; }

    /// <summary>Takes inputs in place of those that it has.</summary>
    public void Take(PropertyMap inputs)
    {
        if (!ReferenceEquals(State.Inputs, inputs))
        {
            State = State with { Inputs = inputs };
        }
    }

    /// <summary>Lets go of what the program asked for: of thousands of resources it takes as much memory as their states.</summary>
    public void Planned() => _goal = null;
}
