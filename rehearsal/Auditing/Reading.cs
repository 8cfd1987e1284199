using System.Globalization;
using System.Text.Json;
using Rehearsal.Comparing;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.State;
using Rehearsal.Wire;

namespace Rehearsal.Auditing;

/// <summary>Reads properties for rules: a secret, an unknown and an absent value all read as nothing.</summary>
internal static class Reading
{
    public static PropertyMap Inputs(this ResourceState? state) => state?.Inputs ?? PropertyMap.Empty;

    public static PropertyValue? At(this PropertyMap properties, string path)
        => Found.At(properties, path) is { Secret: null, Value: { } value } ? value is OutputProperty output ? output.Value : value : null;

    public static string? Text(this PropertyMap properties, string path) => properties.At(path) is StringProperty text ? text.Value : null;

    public static bool IsOn(this PropertyMap properties, string path) => properties.At(path) is BooleanProperty { Value: true }
        or StringProperty { Value: "true" };

    public static double? Number(this PropertyMap properties, string path) => properties.At(path) switch
    {
        NumberProperty number => number.Value,
        StringProperty text when double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    /// <summary>The items of a list, or the value itself where there is only one; none of what is absent.</summary>
    public static IEnumerable<PropertyValue> Items(this PropertyMap properties, string path) => Items(properties.At(path));

    public static IEnumerable<PropertyValue> Items(PropertyValue? value) => value switch
    {
        ListProperty list => list.Items,
        null or UnknownProperty or NullProperty => [],
        _ => [value],
    };

    public static IEnumerable<string> Texts(this PropertyMap properties, string path)
        => Items(properties, path).OfType<StringProperty>().Select(text => text.Value);

    public static IEnumerable<PropertyMap> Maps(this PropertyMap properties, string path)
        => Items(properties, path).OfType<ObjectProperty>().Select(map => map.Properties);

    /// <summary>Items of the new list that the old one does not have, wherever they stand.</summary>
    public static IEnumerable<PropertyValue> Added(PropertyMap old, PropertyMap @new, string path)
    {
        var known = Items(old, path).Select(item => item.ToString()).ToHashSet(StringComparer.Ordinal);
        return Items(@new, path).Where(item => !known.Contains(item.ToString()));
    }

    /// <summary>Every text inside of properties with the path that leads to it; nothing from inside of a secret.</summary>
    public static IEnumerable<(string Path, string Text)> AllTexts(this PropertyMap properties, string path = "")
        => properties.SelectMany(property => AllTexts(property.Value, PropertyPath.Join(path, property.Key)));

    /// <summary>JSON objects inside of properties, also those that are written as text.</summary>
    public static IEnumerable<(string Path, PropertyMap Document)> Documents(this PropertyMap properties) => properties.AllTexts()
        .Where(text => text.Text.Length > 1 && text.Text[0] == '{').Select(text => (text.Path, Document: Parsed(text.Text)))
        .Where(text => text.Document is not null).Select(text => (text.Path, text.Document!));

    private static IEnumerable<(string Path, string Text)> AllTexts(PropertyValue value, string path) => value switch
    {
        StringProperty text => [(path, text.Value)],
        ListProperty list => list.Items.SelectMany((item, index) => AllTexts(item, string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"))),
        ObjectProperty map => map.Properties.AllTexts(path),
        OutputProperty { Secret: false, Value: { } inner } => AllTexts(inner, path),
        _ => [],
    };

    private static PropertyMap? Parsed(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return StateValues.ReadMap(json.RootElement, StateSecrets.Closed);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            // Text that merely begins like JSON, or repeats a name
            return null;
        }
    }
}
