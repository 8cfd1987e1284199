using System.Collections.Frozen;
using System.Collections.Immutable;
using Rehearsal.Wire;

namespace Rehearsal.Schemas;

/// <summary>What a schema declares about a resource or a function.</summary>
internal sealed record ResourceSpec(ObjectSpec Inputs, ObjectSpec Outputs);

/// <summary>Declared properties, and which of them must be given.</summary>
internal sealed record ObjectSpec(FrozenDictionary<string, PropertySpec> Properties, ImmutableArray<string> Required)
{
    public static readonly ObjectSpec Empty = new(FrozenDictionary<string, PropertySpec>.Empty, []);
}

/// <summary>One property of a schema.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Secret">Whether its value is always secret.</param>
/// <param name="Constant">The only text it may have, or null.</param>
/// <param name="Replaces">Whether a change of it makes a new resource.</param>
internal sealed record PropertySpec(TypeSpec Type, bool Secret = false, string? Constant = null, bool Replaces = false);

/// <summary>A type that a schema declares by token: an object, or an enumeration of primitive values.</summary>
/// <param name="Object">The properties; null for an enumeration.</param>
/// <param name="Allowed">The values of an enumeration.</param>
/// <param name="Computed">Properties of the object that a deployment fills in where the program leaves them out.</param>
internal sealed record DeclaredType(ObjectSpec? Object, ImmutableArray<PropertyValue> Allowed, ImmutableArray<string> Computed);

/// <summary>The type of a property: a primitive, a list, a map, one of several, or a type declared elsewhere in the schema.</summary>
/// <param name="Kind">Which of them; <see cref="TypeKind.Object"/> also stands for a declared type that is not resolved yet.</param>
/// <param name="Element">The type of the items of a list or of the values of a map.</param>
/// <param name="Token">The token of the declared type.</param>
/// <param name="Choices">The alternatives of <see cref="TypeKind.OneOf"/>.</param>
internal sealed record TypeSpec(TypeKind Kind, TypeSpec? Element = null, string Token = "", ImmutableArray<TypeSpec> Choices = default)
{
    public static readonly TypeSpec Any = new(TypeKind.Any);

    /// <summary>The type in words: <c>a list of text</c>.</summary>
    public string Words => Kind switch
    {
        TypeKind.Text => "text",
        TypeKind.Boolean => "true or false",
        TypeKind.Integer => "a whole number",
        TypeKind.Number => "a number",
        TypeKind.List => $"a list of {Element!.Words}",
        TypeKind.Map => $"a map of {Element!.Words}",
        TypeKind.Asset => "an asset or archive",
        TypeKind.OneOf => string.Join(" or ", Choices.Select(choice => choice.Words).Distinct(StringComparer.Ordinal)),
        TypeKind.Object when Token.Length > 0 => Token[(Token.LastIndexOf(':') + 1)..],
        _ => "anything",
    };
}

/// <summary>What a schema says about the shape of a value.</summary>
internal enum TypeKind
{
    Any,
    Text,
    Boolean,
    Integer,
    Number,
    List,
    Map,
    Object,
    Asset,
    OneOf,
}
