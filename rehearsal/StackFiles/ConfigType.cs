using System.Globalization;
using System.Text.Json;

namespace Rehearsal.StackFiles;

/// <summary>Whether a configuration value has the type that <c>Pulumi.yaml</c> declares for its key.</summary>
internal static class ConfigType
{
    public static bool Accepts(string type, string text, bool isObject)
    {
        if (!isObject) return AcceptsText(type, text);
        using var document = JsonDocument.Parse(text);
        return AcceptsJson(type, document.RootElement);
    }

    private static bool AcceptsText(string type, string text) => type switch
    {
        "string" => true,
        "integer" => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        "boolean" => text is "true" or "false",
        _ => false,
    };

    private static bool AcceptsJson(string type, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => AcceptsText(type, value.GetString()!),
        JsonValueKind.Number => type == "integer" && value.TryGetInt64(out _),
        JsonValueKind.True or JsonValueKind.False => type == "boolean",
        JsonValueKind.Object => type == "object",
        JsonValueKind.Array => type.StartsWith("array<", StringComparison.Ordinal) && value.EnumerateArray().All(item => AcceptsJson(type["array<".Length..^1], item)),
        _ => false,
    };
}
