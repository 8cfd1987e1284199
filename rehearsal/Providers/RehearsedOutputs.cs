using Rehearsal.Graph;
using Rehearsal.Schemas;
using Rehearsal.Wire;

namespace Rehearsal.Providers;

/// <summary>Stand-ins for what only a cloud gives: they follow from the resource's URN, so two rehearsals agree, and say that they are rehearsed.</summary>
/// <param name="schema">Says of which types they are.</param>
internal sealed class RehearsedOutputs(PackageSchema schema)
{
    private const string Label = "rehearsed";
    private const int DigitsOfId = 17;
    private const int DigitsOfText = 8;

    // Types may contain themselves
    private const int Deepest = 6;

    public static string Id(Urn urn) => $"{Label}-{Digits.Hex(urn.Value, DigitsOfId)}";

    /// <summary>A text of its own for one output of a resource.</summary>
    public static string Text(Urn urn, string path) => $"{Label}-{path}-{Digits.Hex($"{urn} {path}", DigitsOfText)}";

    /// <summary>The outputs with a value of its type in place of each unknown one.</summary>
    public PropertyMap Complete(Urn urn, ObjectSpec spec, PropertyMap outputs) => !outputs.ContainsUnknowns ? outputs : Completed(urn, "", spec, outputs, 0);

    private PropertyMap Completed(Urn urn, string path, ObjectSpec? spec, PropertyMap values, int depth) => PropertyMap.From(values.Select(value =>
        KeyValuePair.Create(value.Key, Completed(urn, path.Length == 0 ? value.Key : $"{path}.{value.Key}", spec?.Properties.GetValueOrDefault(value.Key)?.Type, value.Value, depth))));

    private PropertyValue Completed(Urn urn, string path, TypeSpec? type, PropertyValue value, int depth) => value switch
    {
        UnknownProperty => Invented(urn, path, type, depth),
        SecretProperty secret => new SecretProperty(Completed(urn, path, type, secret.Value, depth)),
        ListProperty list => new ListProperty([.. list.Items.Select((item, i) => Completed(urn, $"{path}[{i}]", type?.Element, item, depth + 1))]),
        ObjectProperty map => new ObjectProperty(Completed(urn, path, Object(type) ?? Members(type, map.Properties), map.Properties, depth + 1)),
        _ => value,
    };

    private PropertyValue Invented(Urn urn, string path, TypeSpec? type, int depth) => type?.Kind switch
    {
        TypeKind.Boolean => BooleanProperty.False,
        TypeKind.Integer or TypeKind.Number => new NumberProperty(0),
        // Programs read the first of what a cloud gives
        TypeKind.List => new ListProperty(depth < Deepest ? [Invented(urn, $"{path}[0]", type.Element, depth + 1)] : []),
        TypeKind.Map => new ObjectProperty(PropertyMap.Empty),
        TypeKind.Object when schema.Type(type.Token) is { Object: null, Allowed: [var first, ..] } => first,
        TypeKind.Object => new ObjectProperty(Object(type) is { } spec && depth < Deepest
            ? PropertyMap.From(spec.Properties.Where(p => p.Value.Type.Kind is not TypeKind.Object || spec.Required.Contains(p.Key)).Select(p => KeyValuePair.Create(p.Key, Invented(urn, $"{path}.{p.Key}", p.Value.Type, depth + 1))))
            : PropertyMap.Empty),
        TypeKind.OneOf => Invented(urn, path, type.Choices[0], depth),
        _ => new StringProperty(Text(urn, path)),
    };

    private ObjectSpec? Object(TypeSpec? type) => type is { Kind: TypeKind.Object } ? schema.Type(type.Token)?.Object : null;

    // The members of a map are all of one type
    private static ObjectSpec? Members(TypeSpec? type, PropertyMap map) => type is { Kind: TypeKind.Map, Element: { } element }
        ? new ObjectSpec(System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(map.Keys, key => key, _ => new PropertySpec(element, Secret: false, Constant: null), StringComparer.Ordinal), [])
        : null;
}
