using System.Text.Json;
using Stacks.Settings.Declaring;
using Stacks.Settings.Problems;

namespace Stacks.Settings.Reading;

/// <summary>Single values. Pulumi passes numbers and booleans as JSON or as their text, depending on how they were set: both are taken.</summary>
internal static class Scalars
{
    /// <summary>The value, or null if it is of another type or form.</summary>
    public static object? Parse(SettingShape shape, JsonElement element) => (shape.Kind, element.ValueKind) switch
    {
        (ShapeKind.Text, JsonValueKind.String) => Text(shape, element.GetString()!),
        (ShapeKind.Text, JsonValueKind.Number) => Text(shape, element.GetRawText()),
        (ShapeKind.WholeNumber, JsonValueKind.Number) => Whole(shape, element.GetRawText()),
        (ShapeKind.WholeNumber, JsonValueKind.String) => Whole(shape, element.GetString()!),
        (ShapeKind.Boolean, JsonValueKind.True) => true,
        (ShapeKind.Boolean, JsonValueKind.False) => false,
        (ShapeKind.Boolean, JsonValueKind.String) when element.ValueEquals("true") => true,
        (ShapeKind.Boolean, JsonValueKind.String) when element.ValueEquals("false") => false,
        (ShapeKind.Choice, JsonValueKind.String) => Choice(shape.Type, element.GetString()!),
        _ => null,
    };

    private static object? Text(SettingShape shape, string text) => shape.Text is { } type ? type.Parse(text) : text;

    private static object? Whole(SettingShape shape, string text)
    {
        if (shape.Type == typeof(long))
        {
            return long.TryParse(text, out var large) ? large : null;
        }

        return int.TryParse(text, out var number) ? number : null;
    }

    private static object? Choice(Type type, string text) =>
        Enum.GetNames(type).FirstOrDefault(name => SettingPath.KeyOf(name) == text) is { } name ? Enum.Parse(type, name) : null;
}
