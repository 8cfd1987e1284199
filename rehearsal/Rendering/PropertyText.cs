using Rehearsal.Wire;

namespace Rehearsal.Rendering;

/// <summary>Properties as people read them: <c>name: value</c>, nested by indentation; secrets hidden, unknown values named so.</summary>
public static class PropertyText
{
    public const string Unknown = "[unknown]";

    private const int Step = 2;

    public static IEnumerable<string> Lines(PropertyMap properties, int indent = 0) =>
        properties.SelectMany(property => Lines($"{new string(' ', indent)}{Terminal.OneLine(property.Key)}:", property.Value, indent));

    /// <summary>The same properties with the word of this form in place of what is unknown, for other forms that people read.</summary>
    public static PropertyMap Readable(PropertyMap properties) => properties.Select(Readable);

    private static PropertyValue Readable(PropertyValue value) => value switch
    {
        UnknownProperty or OutputProperty { Value: null } => new StringProperty(Unknown),
        OutputProperty { Value: { } inner } => Readable(inner),
        ListProperty list => new ListProperty([.. list.Items.Select(Readable)]),
        ObjectProperty map => new ObjectProperty(Readable(map.Properties)),
        _ => value,
    };

    /// <summary>A scalar on one line; text in quotes where it could be mistaken for something else.</summary>
    public static string Scalar(PropertyValue value) => value switch
    {
        SecretProperty or OutputProperty { Secret: true } => PropertyMask.Text,
        UnknownProperty or OutputProperty { Value: null } => Unknown,
        OutputProperty { Value: { } inner } => Scalar(inner),
        StringProperty { Value: PropertyMask.Text } => PropertyMask.Text,
        StringProperty text => JsonText.Quoted(text.Value),
        ReferenceProperty reference => Terminal.OneLine(reference.Urn),
        AssetProperty { Path: { } place } => Terminal.OneLine(place),
        AssetProperty { Uri: { } place } => Terminal.OneLine(place),
        AssetProperty asset => $"[asset of {asset.Text?.Length ?? 0} characters]",
        _ => PropertyJson.Text(value),
    };

    private static IEnumerable<string> Lines(string head, PropertyValue value, int indent) => value switch
    {
        ObjectProperty { Properties.Count: > 0 } map => Lines(map.Properties, indent + Step).Prepend(head),
        ListProperty { Items.Length: > 0 } list => list.Items.SelectMany(item => Item(item, indent)).Prepend(head),
        OutputProperty { Secret: false, Value: { } inner } => Lines(head, inner, indent),
        _ => [$"{head} {Scalar(value)}"],
    };

    private static IEnumerable<string> Item(PropertyValue item, int indent)
    {
        var dash = $"{new string(' ', indent)}- ";
        if (item is ObjectProperty { Properties.Count: > 0 } map)
        {
            // The first property stands beside the dash, as in YAML
            return Lines(map.Properties, indent + Step).Select((line, index) => index == 0 ? dash + line.TrimStart() : line);
        }
        return item is ListProperty { Items.Length: > 0 } ? Lines(dash.TrimEnd(), item, indent + Step) : [dash + Scalar(item)];
    }
}
