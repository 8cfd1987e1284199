using System.Collections.Immutable;

namespace Rehearsal.Schemas;

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
        TypeKind.OneOf => string.Join(" or ", Choices.Select(c => c.Words).Distinct(StringComparer.Ordinal)),
        TypeKind.Enumeration or TypeKind.Object when Token.Length > 0 => Token[(Token.LastIndexOf(':') + 1)..],
        _ => "anything",
    };
}
