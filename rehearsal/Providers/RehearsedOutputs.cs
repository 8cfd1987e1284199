using Rehearsal.Graph;
using Rehearsal.Schemas;
using Rehearsal.Wire;

namespace Rehearsal.Providers;

/// <summary>Stand-ins for what only a cloud gives: they follow from the resource's URN, so two rehearsals agree, and say that they are rehearsed.</summary>
internal static class RehearsedOutputs
{
    private const string Label = "rehearsed";
    private const int DigitsOfId = 17;
    private const int DigitsOfText = 8;

    public static string Id(Urn urn) => $"{Label}-{Digits.Hex(urn.Value, DigitsOfId)}";

    /// <summary>The outputs with a value of its type in place of each unknown one.</summary>
    public static PropertyMap Complete(Urn urn, ObjectSpec spec, PropertyMap outputs)
        => !outputs.ContainsUnknowns ? outputs : PropertyMap.From(outputs.Select(o => KeyValuePair.Create(o.Key, Complete(urn, o.Key, spec.Properties.GetValueOrDefault(o.Key)?.Type, o.Value))));

    private static PropertyValue Complete(Urn urn, string path, TypeSpec? type, PropertyValue value) => value switch
    {
        UnknownProperty => Invented(urn, path, type),
        SecretProperty secret => new SecretProperty(Complete(urn, path, type, secret.Value)),
        ListProperty list => new ListProperty([.. list.Items.Select((item, i) => Complete(urn, $"{path}[{i}]", type?.Element, item))]),
        ObjectProperty map => new ObjectProperty(PropertyMap.From(map.Properties.Select(p => KeyValuePair.Create(p.Key, Complete(urn, $"{path}.{p.Key}", type?.Element, p.Value))))),
        _ => value,
    };

    private static PropertyValue Invented(Urn urn, string path, TypeSpec? type) => type?.Kind switch
    {
        TypeKind.Boolean => BooleanProperty.False,
        TypeKind.Integer or TypeKind.Number => new NumberProperty(0),
        TypeKind.List => new ListProperty([]),
        TypeKind.Map or TypeKind.Object => new ObjectProperty(PropertyMap.Empty),
        _ => new StringProperty($"{Label}-{path}-{Digits.Hex($"{urn} {path}", DigitsOfText)}"),
    };
}
