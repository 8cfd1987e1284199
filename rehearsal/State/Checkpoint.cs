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

    public static Checkpoint Empty { get; } = new();

    /// <summary>What is wrong with the order or the references of its resources; null when nothing is.</summary>
    /// <remarks>The rules of Pulumi's own check (pulumi/pulumi pkg/resource/deploy/snapshot.go, 3.x): what a resource refers to comes before it.</remarks>
    public string? Problem()
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        var live = new HashSet<string>(StringComparer.Ordinal);
        foreach (var resource in Resources)
        {
            if (resource.Provider.Length > 0 && !ProviderReference.TryParse(resource.Provider, out _))
            {
                return $"resource '{resource.Urn}' has the provider '{resource.Provider}', which is not the URN and the id of one";
            }
            foreach (var (urn, what) in References(resource))
            {
                if (!known.Contains(urn.Value))
                {
                    return $"resource '{resource.Urn}' {what} '{urn}', which {Missing(resource, urn)}";
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

    private string Missing(ResourceState resource, Urn urn)
    {
        if (urn == resource.Urn)
        {
            return "is itself";
        }
        if (Resources.All(other => other.Urn != urn))
        {
            return "is not there";
        }
        var way = Way(urn, resource.Urn);
        return way.IsEmpty ? "comes after it" : $"comes after it and needs it in turn: {string.Join(" -> ", way.Select(step => $"'{step}'"))}";
    }

    // How one resource leads to another by what each refers to; empty when it does not
    private ImmutableArray<Urn> Way(Urn from, Urn to)
    {
        var byUrn = Resources.ToLookup(resource => resource.Urn);
        var (cameFrom, open) = (new Dictionary<Urn, Urn?> { [from] = null }, new Queue<Urn>([from]));
        while (open.TryDequeue(out var urn))
        {
            if (urn == to)
            {
                var way = new List<Urn>();
                for (Urn? step = urn; step is not null; step = cameFrom[step])
                {
                    way.Add(step);
                }
                way.Reverse();
                return [.. way];
            }
            foreach (var next in byUrn[urn].SelectMany(References).Select(reference => reference.Urn).Where(next => cameFrom.TryAdd(next, urn)))
            {
                open.Enqueue(next);
            }
        }
        return [];
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
        foreach (var (property, urns) in resource.PropertyDependencies.Where(dependency => !dependency.Value.IsDefaultOrEmpty))
        {
            foreach (var urn in urns)
            {
                yield return (urn, $"depends, with its property {property}, on");
            }
        }
        if (resource.DeletedWith is { } with)
        {
            yield return (with, "is deleted with");
        }
        // What waits for its replacement may have lost its provider to a replacement already
        if (!resource.PendingReplacement && ProviderReference.TryParse(resource.Provider, out var provider))
        {
            yield return (provider.Urn, "has the provider");
        }
    }
}

/// <summary>An operation that had begun, and nobody knows how it ended.</summary>
/// <param name="Kind"><c>creating</c>, <c>updating</c>, <c>deleting</c>, <c>reading</c> or <c>importing</c>.</param>
/// <param name="Resource">What it was about.</param>
internal sealed record PendingOperation(string Kind, ResourceState Resource)
{
    public const string Creating = "creating";

    /// <summary>Whether nobody knows whether the resource came to be.</summary>
    public bool IsCreation => Kind == Creating;
}
