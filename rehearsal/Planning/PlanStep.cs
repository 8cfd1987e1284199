using System.Collections.Immutable;
using Rehearsal.Graph;

namespace Rehearsal.Planning;

/// <summary>One operation on one resource.</summary>
public sealed record PlanStep
{
    public required Operation Operation { get; init; }

    public required Urn Urn { get; init; }

    /// <summary>The provider's URN and id, joined by <c>::</c>; empty for components and providers.</summary>
    public string Provider { get; init; } = "";

    /// <summary>The resource before the step; null when there is none.</summary>
    public ResourceState? Old { get; init; }

    /// <summary>The resource after the step; null when it is deleted.</summary>
    public ResourceState? New { get; init; }

    /// <summary>Top-level properties that changed.</summary>
    public ImmutableArray<string> DiffReasons { get; init; } = [];

    /// <summary>Top-level properties whose change needs a replacement.</summary>
    public ImmutableArray<string> ReplaceReasons { get; init; } = [];

    public string Type => (New ?? Old)?.Type ?? Urn.Type;

    public string Name => Urn.Name;

    public Urn? Parent => (New ?? Old)?.Parent;

    /// <summary>Whether it concerns a provider that the engine made itself; Pulumi neither shows nor counts those.</summary>
    public bool IsDefaultProvider => IsDefaultProviderUrn(Urn);

    internal static bool IsDefaultProviderUrn(Urn urn) => ProviderReference.IsProviderType(urn.Type) && (urn.Name == "default" || urn.Name.StartsWith("default_", StringComparison.Ordinal));
}
