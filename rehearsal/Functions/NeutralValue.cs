using System.Collections.Immutable;
using Rehearsal.Schemas;
using Rehearsal.Wire;

namespace Rehearsal.Functions;

/// <summary>Completes a rehearsed answer: results that the schema promises and no handler cares about are empty.</summary>
internal static class NeutralValue
{
    public static PropertyMap Complete(PropertyMap answer, ObjectSpec results)
    {
        foreach (var key in results.Required)
            if (answer.Find(key) is null or NullProperty) answer = answer.With(key, Of(results.Properties[key].Type));
        return answer;
    }

    private static PropertyValue Of(TypeSpec type) => type.Kind switch
    {
        TypeKind.Text => new StringProperty(""),
        TypeKind.Boolean => BooleanProperty.False,
        TypeKind.Integer or TypeKind.Number => new NumberProperty(0),
        TypeKind.List => new ListProperty(ImmutableArray<PropertyValue>.Empty),
        _ => new ObjectProperty(PropertyMap.Empty),
    };
}
