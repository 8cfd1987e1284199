using System.Collections.Immutable;
using Rehearsal.Graph;

namespace Rehearsal.State;

/// <summary>What is known of a stack's resources after an operation: Pulumi's deployment format, version 3.</summary>
internal sealed record Checkpoint
{
    public ImmutableArray<ResourceState> Resources { get; init; } = [];

    /// <summary>Operations that had begun when the engine ended.</summary>
    public ImmutableArray<PendingOperation> Pending { get; init; } = [];

    /// <summary>How its secrets are sealed.</summary>
    public StateSecrets Secrets { get; init; } = StateSecrets.Closed;

    /// <summary>The manifest, the state of the secrets provider and the metadata as JSON text, as they were read; empty in a state of our own.</summary>
    public string Manifest { get; init; } = "";

    public string SecretsState { get; init; } = "";

    public string Metadata { get; init; } = "{}";

    /// <summary>Top-level fields that this version does not know.</summary>
    public ImmutableSortedDictionary<string, string> Unread { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Whether the file had a wrapper of a backend (<c>checkpoint.latest</c>) around the deployment.</summary>
    public static Checkpoint Empty { get; } = new();

    /// <summary>The stack's own resource.</summary>
    public ResourceState? Root => Resources.FirstOrDefault(resource => resource.Type == Urn.RootType && !resource.Delete);

    /// <summary>What is wrong with the order or the references of its resources; null when nothing is.</summary>
    public string? Problem()
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        var live = new HashSet<string>(StringComparer.Ordinal);
        foreach (var resource in Resources)
        {
            foreach (var (urn, what) in References(resource))
            {
                if (!known.Contains(urn.Value))
                {
                    return $"resource '{resource.Urn}' {what} '{urn}', which {(Resources.Any(other => other.Urn == urn) ? "comes after it" : "is not there")}";
                }
            }
            if (!resource.Delete && !live.Add(resource.Urn.Value))
            {
                return $"resource '{resource.Urn}' is there twice";
            }
            known.Add(resource.Urn.Value);
        }
        return null;
    }

    private static IEnumerable<(Urn Urn, string What)> References(ResourceState resource)
    {
        if (resource.Parent is { } parent)
        {
            yield return (parent, "has the parent");
        }
        foreach (var urn in resource.Dependencies)
        {
            yield return (urn, "depends on");
        }
        if (resource.Provider.Length > 0)
        {
            yield return (ProviderReference.Parse(resource.Provider).Urn, "has the provider");
        }
    }
}

/// <summary>An operation that had begun, and nobody knows how it ended.</summary>
/// <param name="Kind"><c>creating</c>, <c>updating</c>, <c>deleting</c>, <c>reading</c> or <c>importing</c>.</param>
/// <param name="Resource">What it was about.</param>
internal sealed record PendingOperation(string Kind, ResourceState Resource);
