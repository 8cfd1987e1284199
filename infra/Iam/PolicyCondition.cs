using System.Collections.Immutable;

namespace Infra.Iam;

/// <summary>One condition of a policy statement, such as <c>StringEquals sts:ExternalId</c>.</summary>
/// <param name="Operator">Condition operator, in IAM's spelling.</param>
/// <param name="Key">Condition key.</param>
/// <param name="Values">Values of which one must match.</param>
public sealed record PolicyCondition(string Operator, string Key, params ImmutableArray<string> Values)
{
    public bool Equals(PolicyCondition? other) => other is not null && Operator == other.Operator && Key == other.Key && Values.SequenceEqual(other.Values);

    public override int GetHashCode() => HashCode.Combine(Operator, Key, Values.Length);
}
