using System.Collections.Immutable;

namespace Pulumi;

/// <summary>What an output comes to.</summary>
/// <param name="Resources">The resources that the value depends on.</param>
/// <param name="Value">The value; meaningless when not known.</param>
/// <param name="IsKnown">Whether the value is there already; in a preview it may not be.</param>
/// <param name="IsSecret">Whether the value must be kept from eyes and logs.</param>
internal readonly record struct OutputData<T>(ResourceSet Resources, T Value, bool IsKnown, bool IsSecret)
{
    public OutputData<TResult> With<TResult>(TResult value) => new(Resources, value, IsKnown, IsSecret);
}

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

/// <summary>An output whose type of value is not known at compile time.</summary>
internal interface IOutput
{
    /// <summary>What the value waits for; null when it is there.</summary>
    Task? Pending { get; }

    /// <summary>What the output comes to, once nothing is pending.</summary>
    OutputData<object?> Data { get; }

    /// <summary>What the output comes to.</summary>
    async ValueTask<OutputData<object?>> DataAsync()
    {
        if (Pending is { } pending)
        {
            await pending;
        }
        return Data;
    }
}

/// <summary>An output of a resource: it has its value as soon as the gate that all outputs of the resource share is open.</summary>
internal interface IGatedOutput
{
    /// <summary>Sets what the output comes to; before the gate opens. A null is the type's default.</summary>
    void Settle(ResourceSet dependencies, object? value, bool isKnown, bool isSecret);
}
