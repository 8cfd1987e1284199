using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace Rehearsal.StackFiles;

/// <summary>Turns the values under <c>config:</c> into what Pulumi makes of them.</summary>
/// <remarks>
/// A scalar is its own text (<c>3</c>, <c>true</c>, <c>yes</c>), a list or mapping JSON text with sorted keys, <c>secure: v1:…</c> a sealed value at any depth.
/// A key without a namespace belongs to the project; <c>project:config:key</c> is an old spelling of <c>project:key</c>.
/// </remarks>
internal static class ConfigReader
{
    public static SortedDictionary<string, ConfigValue> Read(YamlFile file, YamlMappingNode section, string project)
    {
        var values = new SortedDictionary<string, ConfigValue>(StringComparer.Ordinal);
        foreach (var (key, node) in file.Entries(section))
        {
            var name = FullKey(key.Value ?? "", project);
            if (name is null) throw file.At(key, $"'{key.Value}' is not a configuration key.", $"A key is a name, or a namespace and a name: `{project}:name`.");
            if (!values.TryAdd(name, Value(file, node)))
            {
                throw file.At(key, $"'{key.Value}' sets {name} a second time.", "Keep one of the two.");
            }
        }

        return values;
    }

    /// <summary>The key with its namespace, or null when it is none.</summary>
    public static string? FullKey(string key, string project)
    {
        var colon = key.IndexOf(':', StringComparison.Ordinal);
        var (space, name) = colon < 0 ? (project, key) : (key[..colon], key[(colon + 1)..]);
        if (name.StartsWith("config:", StringComparison.Ordinal)) name = name["config:".Length..];
        return space.Length == 0 || name.Length == 0 || key.Any(char.IsWhiteSpace) ? null : $"{space}:{name}";
    }

    public static ConfigValue Value(YamlFile file, YamlNode node)
    {
        var place = file.At(node, "").Message.TrimEnd(' ', ':');
        if (node is YamlScalarNode scalar) return new ConfigValue(YamlFile.IsNull(scalar) ? "" : scalar.Value!, IsSecret: false, IsObject: false, place);
        var json = ToJson(file, node);
        return ConfigValue.SealedText(json) is { } ciphertext
            ? new ConfigValue(ciphertext, IsSecret: true, IsObject: false, place)
            : new ConfigValue(json!.ToJsonString(JsonText.Compact), ConfigValue.HasSealed(json), IsObject: true, place);
    }

    public static JsonNode? ToJson(YamlFile file, YamlNode node) => node switch
    {
        YamlScalarNode scalar => YamlScalars.ToJson(scalar),
        YamlSequenceNode list => new JsonArray([.. list.Select(item => ToJson(file, item))]),
        YamlMappingNode map => new JsonObject(file.Entries(map)
            .Select(entry => KeyValuePair.Create(entry.Key.Value ?? "", ToJson(file, entry.Value)))
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)),
        _ => throw file.At(node, "an alias that does not resolve."),
    };
}
