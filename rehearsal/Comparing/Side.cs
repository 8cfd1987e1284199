using System.Collections.Immutable;
using Rehearsal.Graph;
using Rehearsal.Wire;

namespace Rehearsal.Comparing;

/// <summary>One of the two things that are compared: the resources of a stack as a state, a plan or a rehearsal has them.</summary>
internal sealed record Side
{
    /// <summary>What the operator calls it: a file, a revision, the working tree.</summary>
    public required string Name { get; init; }

    public required SideKind Kind { get; init; }

    public string Stack { get; init; } = "";

    public string Project { get; init; } = "";

    /// <summary>The file that says what is in it, below the project's folder where it has one; null where only <see cref="Name"/> is known.</summary>
    public string? File { get; init; }

    /// <summary>The live resources; what still waits for its deletion is not among them.</summary>
    public ImmutableArray<ResourceState> Resources { get; init; } = [];

    /// <summary>What the stack exports; null where the side does not say.</summary>
    public PropertyMap? Outputs { get; init; }

    /// <summary>Resources of which the side says itself that they are replaced, and why.</summary>
    public ImmutableDictionary<Urn, ImmutableArray<string>> Replaced { get; init; } = ImmutableDictionary<Urn, ImmutableArray<string>>.Empty;

    /// <summary>What a plan that leaves out what stays says to go; null where every resource is listed.</summary>
    public ImmutableHashSet<Urn>? Deleted { get; init; }

    /// <summary>Resources that were planned on top of what was there before, so that a value which is unknown here is one that changes.</summary>
    public ImmutableHashSet<Urn> Planned { get; init; } = [];

    /// <summary>How a secret is sealed in the side's file; null where nobody knows.</summary>
    public Func<SecretProperty, string?> Ciphertext { get; init; } = _ => null;

    /// <summary>Whether it comes from an approved plan, whose values are written for people.</summary>
    public bool IsWritten { get; init; }

    /// <summary>What the operator has to know of this side.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>How the side is called in a sentence.</summary>
    public string Described => Kind switch
    {
        SideKind.State => $"{Name} (state of {Stack})",
        SideKind.Plan => $"{Name} (plan of {Stack})",
        _ => $"{Name} (rehearsal of {Stack})",
    };
}

/// <summary>What a side is made from.</summary>
internal enum SideKind
{
    /// <summary>A program that was run against the engine just now.</summary>
    Rehearsal,

    /// <summary>A file of a plan: <c>preview --json</c> or an approved plan.</summary>
    Plan,

    /// <summary>A <c>pulumi stack export</c>, or a state of our own.</summary>
    State,
}

/// <summary>What a resource is called whatever its stack and project: the end of its URN.</summary>
internal static class ResourceKey
{
    public static string Of(Urn urn) => urn.QualifiedType == Urn.RootType ? Urn.RootType : $"{urn.QualifiedType}::{urn.Name}";

    /// <summary>The URN of that key in a stack.</summary>
    /// <exception cref="FormatException">The text is no key.</exception>
    public static Urn ToUrn(string key, string stack, string project)
        => Urn.Parse(key == Urn.RootType ? $"urn:pulumi:{stack}::{project}::{Urn.RootType}::{project}-{stack}" : $"urn:pulumi:{stack}::{project}::{key}");

    /// <summary>A side as if it were another stack's, so that both sides name the same resource the same way.</summary>
    public static Side As(this Side side, string stack, string project)
    {
        return side.Stack == stack && side.Project == project ? side : side with
        {
            Resources = [.. side.Resources.Select(state => Moved(state, stack, project))],
            Replaced = side.Replaced.ToImmutableDictionary(entry => Other(entry.Key), entry => entry.Value),
            Deleted = side.Deleted?.Select(Other).ToImmutableHashSet(),
            Planned = [.. side.Planned.Select(Other)],
        };

        Urn Other(Urn urn) => ToUrn(Of(urn), stack, project);
    }

    private static ResourceState Moved(ResourceState state, string stack, string project)
    {
        return state with
        {
            Urn = Other(state.Urn),
            Parent = state.Parent is { } parent ? Other(parent) : null,
            Dependencies = [.. state.Dependencies.Select(Other)],
            DeletedWith = state.DeletedWith is { } with ? Other(with) : null,
            Provider = ProviderReference.TryParse(state.Provider, out var provider) ? new ProviderReference(Other(provider.Urn), provider.Id).ToString() : "",
            PropertyDependencies = state.PropertyDependencies.ToImmutableSortedDictionary(
                property => property.Key, property => property.Value.IsDefault ? property.Value : [.. property.Value.Select(Other)], StringComparer.Ordinal),
            Inputs = state.Inputs.Select(Named),
            Outputs = state.Outputs.Select(Named),
        };

        Urn Other(Urn urn) => ToUrn(Of(urn), stack, project);

        PropertyValue Named(PropertyValue value) => value switch
        {
            ReferenceProperty reference when Urn.TryParse(reference.Urn, out var urn) => reference with { Urn = Other(urn).Value },
            SecretProperty secret => Named(secret.Value) is var inner && ReferenceEquals(inner, secret.Value) ? secret : new SecretProperty(inner),
            ListProperty list => list.Select(Named),
            ObjectProperty map => map.Properties.Select(Named) is var named && ReferenceEquals(named, map.Properties) ? map : new ObjectProperty(named),
            _ => value,
        };
    }
}
