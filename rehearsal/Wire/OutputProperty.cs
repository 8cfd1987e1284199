using System.Collections.Immutable;

namespace Rehearsal.Wire;

/// <summary>A value together with the resources it depends on, as remote components and calls get it.</summary>
/// <param name="Value">The value; null when only a deployment can know it.</param>
/// <param name="Secret">Whether it must not be shown.</param>
/// <param name="Dependencies">URNs of the resources it depends on.</param>
public sealed record OutputProperty(PropertyValue? Value, bool Secret, ImmutableArray<string> Dependencies) : PropertyValue
{
    public override bool ContainsUnknowns => Value is null || Value.ContainsUnknowns;

    public override bool ContainsSecrets => Secret || (Value?.ContainsSecrets ?? false);

    /// <summary>The same value without its dependencies: the value, secret or unknown.</summary>
    public PropertyValue WithoutDependencies
    {
        get
        {
            var value = Value ?? UnknownProperty.Instance;
            return Secret && value is not SecretProperty ? new SecretProperty(value) : value;
        }
    }

    public bool Equals(OutputProperty? other)
        => other is not null && Secret == other.Secret && Equals(Value, other.Value) && Dependencies.AsSpan().SequenceEqual(other.Dependencies.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Value, Secret, Dependencies.Length);
}
