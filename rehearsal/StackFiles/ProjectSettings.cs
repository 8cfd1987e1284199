using YamlDotNet.RepresentationModel;

namespace Rehearsal.StackFiles;

/// <summary>Reads the <c>config:</c> section of <c>Pulumi.yaml</c>.</summary>
/// <remarks><c>size: 3</c> and <c>aws:region: eu-west-1</c> are defaults; <c>size: {type: integer, default: 3, secret: false}</c> says more.</remarks>
internal static class ProjectSettings
{
    private static readonly string[] Types = ["array", "boolean", "integer", "object", "string"];
    private static readonly string[] Keys = ["default", "description", "items", "secret", "type", "value"];

    public static IReadOnlyList<ProjectSetting> Read(YamlFile file, YamlMappingNode section, string project) =>
        [.. file.Entries(section).Select(entry => Setting(file, entry.Key, entry.Value, project))];

    private static ProjectSetting Setting(YamlFile file, YamlScalarNode key, YamlNode node, string project)
    {
        var name = ConfigReader.FullKey(key.Value ?? "", project) ?? throw file.At(key, $"'{key.Value}' is not a configuration key.");
        if (node is not YamlMappingNode map) return new ProjectSetting(name, null, ConfigReader.Value(file, node), IsSecret: false);
        var parts = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        foreach (var (part, value) in file.Entries(map))
        {
            if (!Keys.Contains(part.Value, StringComparer.Ordinal))
            {
                throw file.At(part, $"'{part.Value}' says nothing about a configuration key.", $"{Nearest.DidYouMean(part.Value ?? "", Keys)}Allowed are {string.Join(", ", Keys)}.");
            }

            parts[part.Value!] = value;
        }

        var given = parts.GetValueOrDefault("default") ?? parts.GetValueOrDefault("value");
        return new ProjectSetting(name, TypeOf(file, parts), given is null ? null : ConfigReader.Value(file, given), parts.TryGetValue("secret", out var secret) && secret.ToString() == "true");
    }

    private static string? TypeOf(YamlFile file, Dictionary<string, YamlNode> parts)
    {
        if (!parts.TryGetValue("type", out var type)) return null;
        var name = type.ToString();
        if (!Types.Contains(name, StringComparer.Ordinal)) throw file.At(type, $"'{name}' is not a type.", $"Allowed are {string.Join(", ", Types)}.");
        if (name != "array") return name;
        if (parts.GetValueOrDefault("items") is not YamlMappingNode items) throw file.At(type, "an array has to say what it holds.", "Add `items: {type: string}`.");
        return $"array<{TypeOf(file, file.Entries(items).ToDictionary(entry => entry.Key.Value!, entry => entry.Value, StringComparer.Ordinal)) ?? "string"}>";
    }
}
