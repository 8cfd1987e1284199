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
        KeyValuePair.Create(value.Key,
            Completed(urn, path.Length == 0 ? value.Key : $"{path}.{value.Key}", spec?.Properties.GetValueOrDefault(value.Key)?.Type, value.Value, depth))));

    private PropertyValue Completed(Urn urn, string path, TypeSpec? type, PropertyValue value, int depth) => value switch
    {
        UnknownProperty => Invented(urn, path, type, depth),
        SecretProperty secret => new SecretProperty(Completed(urn, path, type, secret.Value, depth)),
        ListProperty list => new ListProperty([.. list.Items.Select((item, index) => Completed(urn, $"{path}[{index}]", type?.Element, item, depth + 1))]),
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
            ? PropertyMap.From(spec.Properties.Where(property => property.Value.Type.Kind is not TypeKind.Object || spec.Required.Contains(property.Key))
                .Select(property => KeyValuePair.Create(property.Key, Invented(urn, $"{path}.{property.Key}", property.Value.Type, depth + 1))))
            : PropertyMap.Empty),
        TypeKind.OneOf => Invented(urn, path, type.Choices[0], depth),
        _ => new StringProperty(Plausible(urn, path)),
    };

    // Programs take such texts apart, or hand them to others that do
    private static string Plausible(Urn urn, string path)
    {
        var name = path[(path.LastIndexOf('.') + 1)..];
        var digits = Digits.Hex($"{urn} {path}", DigitsOfText);
        bool Ends(params ReadOnlySpan<string> words)
        {
            foreach (var word in words)
            {
                if (name.EndsWith(word, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
            return false;
        }
        return name switch
        {
            _ when Ends("arn") => $"arn:aws:{Label}:us-east-1:000000000000:{Label}/{digits}",
            _ when Ends("caCertificate", "certificateAuthorityData") || path.Contains("certificateAuthorit", StringComparison.Ordinal) && name == "data"
                => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Text(urn, path))),
            _ when Ends("email") => $"{Label}-{digits}@example.invalid",
            // What RFC 5737 and RFC 2606 keep free for examples
            _ when Ends("ipAddress", "publicIp", "privateIp") || name is "address" or "ip" => $"192.0.2.{Convert.ToByte(digits[..2], 16)}",
            _ when Ends("cidr", "cidrBlock") => "192.0.2.0/24",
            _ when Ends("url", "uri", "issuer", "selfLink", "endpoint") => $"https://{Label}-{digits}.example.invalid",
            _ when Ends("domainName", "dnsName", "fqdn", "hostname", "host", "address") => $"{Label}-{digits}.example.invalid",
            _ => Text(urn, path),
        };
    }

    private ObjectSpec? Object(TypeSpec? type) => type is { Kind: TypeKind.Object } ? schema.Type(type.Token)?.Object : null;

    // The members of a map are all of one type
    private static ObjectSpec? Members(TypeSpec? type, PropertyMap map) => type is { Kind: TypeKind.Map, Element: { } element }
        ? new ObjectSpec(System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(map.Keys, key
            => key, _ => new PropertySpec(element), StringComparer.Ordinal), [])
        : null;
}

/// <summary>Outputs of which programs expect more than a text: the records by which a certificate's domains are proven, one for each domain that it is
/// for.</summary>
internal static class RehearsedProofs
{
    private const string Certificate = "aws:acm/certificate:Certificate";

    public static PropertyMap Add(string type, PropertyMap outputs)
        => type != Certificate || outputs.OpenText("domainName") is not { } name ? outputs : outputs.With(
        "domainValidationOptions", Values.List(outputs.Texts("subjectAlternativeNames").Prepend(name).Distinct(StringComparer.Ordinal).Select(domain =>
        {
            // A wildcard and its domain are proven by one record
            var proven = domain.StartsWith("*.", StringComparison.Ordinal) ? domain[2..] : domain;
            var digits = Digits.Hex(proven, 32);
            return Values.Map(
                ("domainName", Values.Text(domain)), ("resourceRecordName", Values.Text($"_{digits}.{proven}.")), ("resourceRecordType", Values.Text("CNAME")),
                ("resourceRecordValue", Values.Text($"_{digits[..16]}.rehearsed.acm-validations.aws.")));
        })));
}
