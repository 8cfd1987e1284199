using System.Collections.Immutable;
using Rehearsal.Schemas;
using Rehearsal.Wire;

namespace Rehearsal.Functions;

/// <summary>Completes a rehearsed answer: results that the schema promises and no handler cares about are empty.</summary>
internal sealed class NeutralValue(PackageSchema schema)
{
    public PropertyMap Complete(PropertyMap answer, ObjectSpec results)
    {
        foreach (var (key, property) in results.Properties)
        {
            var given = answer.Find(key);
            if (given is null or NullProperty)
            {
                if (results.Required.Contains(key)) answer = answer.With(key, Of(property.Type));
            }
            else if (Complete(given, property.Type) is var complete && !ReferenceEquals(complete, given)) answer = answer.With(key, complete);
        }
        return answer;
    }

    private PropertyValue Complete(PropertyValue value, TypeSpec type) => (value, type.Kind) switch
    {
        (ListProperty list, TypeKind.List) when type.Element!.Kind == TypeKind.Object => new ListProperty([.. list.Items.Select(i => Complete(i, type.Element))]),
        (ObjectProperty map, TypeKind.Object) when schema.Type(type.Token)?.Object is { } spec => new ObjectProperty(Complete(map.Properties, spec)),
        _ => value,
    };

    private PropertyValue Of(TypeSpec type) => type.Kind switch
    {
        TypeKind.Text => new StringProperty(""),
        TypeKind.Boolean => BooleanProperty.False,
        TypeKind.Integer or TypeKind.Number => new NumberProperty(0),
        TypeKind.List => new ListProperty(ImmutableArray<PropertyValue>.Empty),
        _ => Complete(new ObjectProperty(PropertyMap.Empty), type),
    };
}
