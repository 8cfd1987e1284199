using System.Collections.Immutable;

namespace Rehearsal.Graph;

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
