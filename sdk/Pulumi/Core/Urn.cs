namespace Pulumi;

/// <summary>The name by which the engine knows a resource: <c>urn:pulumi:STACK::PROJECT::PARENT$TYPE::NAME</c>.</summary>
public readonly struct Urn : IEquatable<Urn>
{
    private readonly string _value;

    public Urn(string value) => _value = value;

    public static implicit operator string(Urn value) => value._value;

    public static bool operator ==(Urn left, Urn right) => left.Equals(right);

    public static bool operator !=(Urn left, Urn right) => !left.Equals(right);

    /// <summary>Computes the name that a resource would have.</summary>
    public static Output<string> Create(
        Input<string> name,
        Input<string> type,
        Resource? parent = null,
        Input<string>? parentUrn = null,
        Input<string>? project = null,
        Input<string>? stack = null)
    {
        var above = parent?.Urn ?? parentUrn?.ToOutput();
        var prefix = above is null
            ? Output
                .Tuple(stack ?? Deployment.Instance.StackName, project ?? Deployment.Instance.ProjectName)
                .Apply(property => $"urn:pulumi:{property.Item1}::{property.Item2}::")
            : above.Apply(Chain);
        return Output.Tuple(prefix, type.ToOutput(), name.ToOutput()).Apply(property => $"{property.Item1}{property.Item2}::{property.Item3}");
    }

    public bool Equals(Urn other) => string.Equals(_value, other._value, StringComparison.Ordinal);

    public override bool Equals(object? obj) => obj is Urn other && Equals(other);

    public override int GetHashCode() => _value?.GetHashCode(StringComparison.Ordinal) ?? 0;

    public override string ToString() => _value;

    /// <summary>The type in a URN, without those of the parents.</summary>
    internal static string TypeOf(string urn)
    {
        var chain = urn.Split("::")[2];
        return chain[(chain.LastIndexOf('$') + 1)..];
    }

    /// <summary>The name in a URN; it may hold <c>::</c> itself.</summary>
    internal static string NameOf(string urn) => urn.Split("::", 4)[3];

    /// <summary>The alias that a child has because its parent has one: a child whose name begins with its parent's was renamed with it.</summary>
    internal static Output<string> OfChild(string childName, string childType, string parentName, Output<string> parentAlias) => parentAlias.Apply(alias =>
    {
        var name = childName.StartsWith(parentName, StringComparison.Ordinal) ? NameOf(alias) + childName[parentName.Length..] : childName;
        return $"{Chain(alias)}{childType}::{name}";
    });

    private static string Chain(string parentUrn) => TypeOf(parentUrn) == Pulumi.Stack.RootType
        ? string.Join("::", parentUrn.Split("::")[..2]) + "::"
        : parentUrn[..parentUrn.LastIndexOf("::", StringComparison.Ordinal)] + "$";
}
