namespace Pulumi.Serialization;

/// <summary>The URNs that stand for dependencies in requests.</summary>
internal static class DependencyUrns
{
    /// <summary>A component stands for the resources inside it, since it has nothing of its own to wait for; a remote one for itself.</summary>
    public static async ValueTask<IReadOnlyCollection<string>> OfAsync(ResourceSet resources)
    {
        if (resources.IsEmpty)
        {
            return [];
        }
        if (resources.Members is [{ IsCustom: true } only])
        {
            return await only.Urn.Data is { IsKnown: true, Value: { Length: > 0 } known } ? [known] : [];
        }
        var urns = new HashSet<string>(StringComparer.Ordinal);
        foreach (var resource in Reached(resources))
        {
            var urn = await resource.Urn.Data;
            if (urn.IsKnown && !string.IsNullOrEmpty(urn.Value))
            {
                urns.Add(urn.Value);
            }
        }
        return urns;
    }

    /// <summary>The resources that are waited for where these are depended on, in the order in which they were named.</summary>
    public static IEnumerable<Resource> Reached(ResourceSet resources)
    {
        if (resources.Members is [{ IsCustom: true } only])
        {
            return [only];
        }
        var (reached, components) = (new HashSet<Resource>(), new HashSet<Resource>());
        var open = new Queue<Resource>(resources.Members.ToArray());
        while (open.TryDequeue(out var resource))
        {
            if (resource.IsCustom || resource.IsRemote)
            {
                reached.Add(resource);
            }
            else if (components.Add(resource))
            {
                foreach (var child in resource.Lineage.Children())
                {
                    open.Enqueue(child);
                }
            }
        }
        return reached;
    }
}
