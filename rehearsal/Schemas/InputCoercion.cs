using System.Collections.Frozen;
using System.Globalization;
using Rehearsal.Wire;

namespace Rehearsal.Schemas;

/// <summary>Takes inputs as Pulumi's bridge to Terraform providers takes them: <c>"3"</c> for a number, true for a text, an object for a policy
/// document.</summary>
/// <remarks>pulumi-terraform-bridge, pkg/tfbridge/schema.go (<c>makeTerraformInput</c>, <c>TransformJSONDocument</c>), 3.x. What it does not take stays as it
/// is, for <see cref="InputChecker"/> to refuse.</remarks>
internal sealed class InputCoercion(PackageSchema schema)
{
    // Texts in JSON, for which pulumi-aws also takes what the JSON would say
    private static readonly FrozenSet<string> Documents = FrozenSet.Create(StringComparer.Ordinal, "assumeRolePolicy", "policy", "redrivePolicy",
        "redriveAllowPolicy");

    public PropertyMap Coerce(ObjectSpec spec, PropertyMap inputs)
    {
        foreach (var (key, value) in inputs)
        {
            if (spec.Properties.TryGetValue(key, out var property) && Coerce(property.Type, value, Documents.Contains(key)) is var coerced
                && !ReferenceEquals(coerced, value))
            {
                inputs = inputs.With(key, coerced);
            }
        }
        return inputs;
    }

    private PropertyValue Coerce(TypeSpec type, PropertyValue value, bool document) => (type.Kind, value) switch
    {
        (_, SecretProperty secret) => Coerce(type, secret.Value, document) is var inner && ReferenceEquals(inner, secret.Value) ? secret
            : new SecretProperty(inner),
        (TypeKind.Text, BooleanProperty flag) => new StringProperty(flag.Value ? "true" : "false"),
        (TypeKind.Text, NumberProperty number) => new StringProperty(Text(number.Value)),
        (TypeKind.Text, ObjectProperty map) when document => Document(map),
        (TypeKind.Boolean, StringProperty { Value: "true" }) => BooleanProperty.True,
        (TypeKind.Boolean, StringProperty { Value: "false" }) => BooleanProperty.False,
        (TypeKind.Integer, StringProperty text) when long.TryParse(text.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            => new NumberProperty(whole),
        (TypeKind.Number, StringProperty text) when double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number) => new NumberProperty(number),
        (TypeKind.List, ListProperty list) => list.Select(item => Coerce(type.Element!, item, document: false)),
        (TypeKind.Map, ObjectProperty map) => Members(map, member => Coerce(type.Element!, member, document: false)),
        (TypeKind.Object, ObjectProperty map) when schema.Type(type.Token)?.Object is { } declared
            => Coerce(declared, map.Properties) is var inner && ReferenceEquals(inner, map.Properties) ? map : new ObjectProperty(inner),
        _ => value,
    };

    private static ObjectProperty Members(ObjectProperty map, Func<PropertyValue, PropertyValue> coerce)
        => map.Properties.Select(coerce) is var members && ReferenceEquals(members, map.Properties) ? map : new ObjectProperty(members);

    // A document with something unknown in it is a text that is unknown, one with a secret in it is secret
    private static PropertyValue Document(ObjectProperty document)
    {
        PropertyValue text = document.ContainsUnknowns ? UnknownProperty.Instance
            : new StringProperty(JsonText.Write(JsonText.OneLine, json => PropertyJson.Write(json, PropertyMask.Reveal(document))));
        return document.ContainsSecrets ? new SecretProperty(text) : text;
    }

    private static string Text(double value)
        => value.ToString(double.IsInteger(value) && Math.Abs(value) < 1e21 ? "F0" : "R", CultureInfo.InvariantCulture);
}

/// <summary>Resources that are given where a value is wanted: a provider gets their ids, or the URNs of components, as from Pulumi's engine.</summary>
internal static class References
{
    public static PropertyMap Resolve(PropertyMap inputs) => inputs.Select(Resolve);

    private static PropertyValue Resolve(PropertyValue value) => value switch
    {
        ReferenceProperty reference => reference.Plain,
        SecretProperty secret => Resolve(secret.Value) is var inner && ReferenceEquals(inner, secret.Value) ? secret : new SecretProperty(inner),
        ListProperty list => list.Select(Resolve),
        ObjectProperty map when map.Properties.Select(Resolve) is var members && !ReferenceEquals(members, map.Properties) => new ObjectProperty(members),
        _ => value,
    };
}
