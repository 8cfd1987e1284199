using System.Collections.Immutable;

namespace Pulumi;

/// <summary>The resources that a value depends on: mostly none or one, so kept as a plain array without duplicates.</summary>
internal readonly struct ResourceSet
{
    private readonly Resource[]? _members;

    public ResourceSet(Resource only) => _members = [only];

    private ResourceSet(Resource[] members) => _members = members;

    public static ResourceSet Empty => default;

    public bool IsEmpty => _members is null;

    public ReadOnlySpan<Resource> Members => _members;

    public static ResourceSet Of(IReadOnlyCollection<Resource> resources) => resources.Count == 0 ? default : new ResourceSet([.. resources.Distinct()]);

    public ResourceSet Union(ResourceSet other)
    {
        if (other._members is null || ReferenceEquals(_members, other._members))
        {
            return this;
        }
        if (_members is null)
        {
            return other;
        }
        if (other._members is [var only])
        {
            return Array.IndexOf(_members, only) >= 0 ? this : new ResourceSet([.. _members, only]);
        }
        var all = new HashSet<Resource>(_members);
        var before = all.Count;
        all.UnionWith(other._members);
        return all.Count == before ? this : new ResourceSet([.. all]);
    }

    public ImmutableHashSet<Resource> ToImmutable() => _members is null ? [] : [.. _members];
}
