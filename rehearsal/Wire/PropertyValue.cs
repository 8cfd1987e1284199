using System.Collections.Immutable;
using Protocol;

namespace Rehearsal.Wire;

/// <summary>A value that a program and its engine exchange: immutable, compared by content, and never readable through its text when secret.</summary>
/// <remarks>The derived records below are all kinds; <see cref="PropertyDecoder"/> and <see cref="PropertyEncoder"/> know their wire forms.</remarks>
public abstract record PropertyValue
{
    /// <summary>One line of JSON in which secrets read <see cref="PropertyMask.Text"/>.</summary>
    public sealed override string ToString() => PropertyJson.Text(this);

    /// <summary>Whether this value, or a value inside it, is known only after a deployment.</summary>
    public virtual bool ContainsUnknowns => false;

    /// <summary>Whether this value, or a value inside it, is secret.</summary>
    public virtual bool ContainsSecrets => false;
}

/// <summary>A text.</summary>
public sealed record StringProperty(string Value) : PropertyValue
{
    // A power of two; what falls on the same place takes it
    private const int Places = 4096;

    private static readonly StringProperty?[] Recent = new StringProperty?[Places];

    /// <summary>The text, as the same object as lately: what a resource was given comes again among its outputs.</summary>
    public static StringProperty From(string value)
    {
        ref var place = ref Recent[string.GetHashCode(value, StringComparison.Ordinal) & (Places - 1)];
        return place is { } recent && recent.Value == value ? recent : place = new StringProperty(value);
    }
}

/// <summary>A number; the wire knows no integers.</summary>
public sealed record NumberProperty(double Value) : PropertyValue;

/// <summary>A truth value.</summary>
public sealed record BooleanProperty : PropertyValue
{
    public static readonly BooleanProperty True = new(value: true);
    public static readonly BooleanProperty False = new(value: false);

    private BooleanProperty(bool value) => Value = value;

    public bool Value { get; }

    public static BooleanProperty From(bool value) => value ? True : False;
}

/// <summary>The absence of a value, said explicitly.</summary>
public sealed record NullProperty : PropertyValue
{
    public static readonly NullProperty Instance = new();

    private NullProperty()
    {
    }
}

/// <summary>Values in an order that matters.</summary>
public sealed record ListProperty(ImmutableArray<PropertyValue> Items) : PropertyValue
{
    public override bool ContainsUnknowns => Items.Any(item => item.ContainsUnknowns);

    public override bool ContainsSecrets => Items.Any(item => item.ContainsSecrets);

    /// <summary>The list with other items; itself when no item changes, as <see cref="PropertyMap.Select"/>.</summary>
    public ListProperty Select(Func<PropertyValue, PropertyValue> change)
    {
        PropertyValue[]? items = null;
        for (var i = 0; i < Items.Length; i++)
        {
            var changed = change(Items[i]);
            if (!ReferenceEquals(changed, Items[i]))
            {
                items ??= [.. Items];
                items[i] = changed;
            }
        }
        return items is null ? this : new ListProperty([.. items]);
    }

    public bool Equals(ListProperty? other) => other is not null && Items.AsSpan().SequenceEqual(other.Items.AsSpan());

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var item in Items)
        {
            hash.Add(item);
        }
        return hash.ToHashCode();
    }
}

/// <summary>Named values: an object or a map.</summary>
public sealed record ObjectProperty(PropertyMap Properties) : PropertyValue
{
    public override bool ContainsUnknowns => Properties.ContainsUnknowns;

    public override bool ContainsSecrets => Properties.ContainsSecrets;
}

/// <summary>A value that must not be shown.</summary>
public sealed record SecretProperty(PropertyValue Value) : PropertyValue
{
    public override bool ContainsUnknowns => Value.ContainsUnknowns;

    public override bool ContainsSecrets => true;
}

/// <summary>A value that only a deployment can know.</summary>
/// <param name="Sentinel">The text that stands for it on the wire: one of <see cref="WireSignatures"/>'s sentinels.</param>
public sealed record UnknownProperty(string Sentinel) : PropertyValue
{
    /// <summary>The form that SDKs send and understand, whatever the type of the value.</summary>
    public static readonly UnknownProperty Instance = new(WireSignatures.UnknownString);

    public override bool ContainsUnknowns => true;
}

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

/// <summary>A resource passed as a value.</summary>
/// <param name="Urn">The resource's URN.</param>
/// <param name="Id">Its provider's id; null for a component, empty when only a deployment can know it.</param>
/// <param name="PackageVersion">The version of the package that defines the resource, empty when unsaid.</param>
public sealed record ReferenceProperty(string Urn, string? Id = null, string PackageVersion = "") : PropertyValue
{
    public override bool ContainsUnknowns => Id is { Length: 0 };

    /// <summary>What stands for the resource where a reference is not understood: its id, unknown as long as that is, or the URN of a component.</summary>
    public PropertyValue Plain => Id switch
    {
        null => new StringProperty(Urn),
        "" => UnknownProperty.Instance,
        _ => new StringProperty(Id),
    };
}

/// <summary>A file given by exactly one of its text, its path or its URI.</summary>
/// <param name="Text">The content itself.</param>
/// <param name="Path">A path on the machine that runs the program.</param>
/// <param name="Uri">Where to fetch it.</param>
/// <param name="Hash">The hex SHA-256 of the content; SDKs leave it to the engine.</param>
public sealed record AssetProperty(string? Text = null, string? Path = null, string? Uri = null, string? Hash = null) : PropertyValue;

/// <summary>A folder of files given by exactly one of its members, its path or its URI.</summary>
/// <param name="Assets">The members by name: assets and archives.</param>
/// <param name="Path">A path on the machine that runs the program.</param>
/// <param name="Uri">Where to fetch it.</param>
/// <param name="Hash">The hex SHA-256 of the content; SDKs leave it to the engine.</param>
public sealed record ArchiveProperty(PropertyMap? Assets = null, string? Path = null, string? Uri = null, string? Hash = null) : PropertyValue
{
    public override bool ContainsUnknowns => Assets?.ContainsUnknowns ?? false;

    public override bool ContainsSecrets => Assets?.ContainsSecrets ?? false;
}
