using System.Collections.Immutable;

namespace Rehearsal.Wire;

/// <summary>Values in an order that matters.</summary>
public sealed record ListProperty(ImmutableArray<PropertyValue> Items) : PropertyValue
{
    public override bool ContainsUnknowns => Items.Any(i => i.ContainsUnknowns);

    public override bool ContainsSecrets => Items.Any(i => i.ContainsSecrets);

    public bool Equals(ListProperty? other) => other is not null && Items.AsSpan().SequenceEqual(other.Items.AsSpan());

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var item in Items) hash.Add(item);
        return hash.ToHashCode();
    }
}
