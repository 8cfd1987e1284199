using System.Text.Json;
using System.Text.Json.Nodes;
using Rehearsal.Wire;
using YamlDotNet.RepresentationModel;

namespace Rehearsal.StackFiles;

/// <summary>What one stack says: <c>Pulumi.&lt;stack&gt;.yaml</c>, with secrets still sealed.</summary>
/// <param name="Path">The file, or null for a stack without one.</param>
/// <param name="SecretsProvider">Who seals its secrets; null and <c>passphrase</c> mean a passphrase.</param>
/// <param name="EncryptionSalt">The passphrase scheme's salt and check value.</param>
/// <param name="Config">Values by full key.</param>
public sealed record StackFile(string? Path, string? SecretsProvider, string? EncryptionSalt, IReadOnlyDictionary<string, ConfigValue> Config)
{
    private static readonly string[] Keys = ["config", "encryptedkey", "encryptionsalt", "environment", "secretsprovider"];

    public static StackFile Empty { get; } = new(null, null, null, new Dictionary<string, ConfigValue>());

    /// <summary>Reads a stack's file.</summary>
    /// <exception cref="BadInputException">The file cannot be read or used; the message has line and column.</exception>
    public static StackFile Read(string path, string project)
    {
        var file = YamlFile.Read(path);
        foreach (var (key, _) in file.Entries(file.Root))
        {
            if (Keys.Contains(key.Value, StringComparer.Ordinal))
            {
                continue;
            }
            throw file.At(
                key,
                $"'{key.Value}' is not a key of a stack file.",
                $"{Nearest.DidYouMean(key.Value ?? "", Keys)}Allowed are {string.Join(", ", Keys)}; settings stand under `config:`.");
        }
        var section = file.Mapping("config");
        var config = section is null ? [] : ConfigReader.Read(file, section, project);
        return new StackFile(path, file.Text("secretsprovider"), file.Text("encryptionsalt"), config);
    }
}

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
            if (name is null)
            {
                throw file.At(key, $"'{key.Value}' is not a configuration key.", $"A key is a name, or a namespace and a name: `{project}:name`.");
            }
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
        var (@namespace, name) = colon < 0 ? (project, key) : (key[..colon], key[(colon + 1)..]);
        if (name.StartsWith("config:", StringComparison.Ordinal))
        {
            name = name["config:".Length..];
        }
        return @namespace.Length == 0 || name.Length == 0 || key.Any(char.IsWhiteSpace) ? null : $"{@namespace}:{name}";
    }

    public static ConfigValue Value(YamlFile file, YamlNode node)
    {
        var place = file.At(node, "").Message.TrimEnd(' ', ':');
        if (node is YamlScalarNode scalar)
        {
            return new ConfigValue(YamlFile.IsNull(scalar) ? "" : scalar.Value!, IsSecret: false, IsObject: false, place);
        }
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

/// <summary>One configuration value as a stack file holds it, its sealed parts still sealed.</summary>
/// <param name="Text">The text of a scalar, the ciphertext of a sealed scalar, or the JSON of a list or mapping with sealed parts as <c>{"secure":
/// "v1:…"}</c>.</param>
/// <param name="IsSecret">Whether any part of it is sealed; then the whole value is secret.</param>
/// <param name="IsObject">Whether it is a list or mapping.</param>
/// <param name="Place">Where it stands, for error messages.</param>
public sealed record ConfigValue(string Text, bool IsSecret, bool IsObject, string Place)
{
    /// <summary>What the program gets: the text with every sealed part opened.</summary>
    /// <param name="open">Turns a ciphertext into its value.</param>
    public string Open(Func<string, string> open)
    {
        if (!IsSecret)
        {
            return Text;
        }
        return IsObject ? Opened(JsonNode.Parse(Text), open)!.ToJsonString(JsonText.Compact) : open(Text);
    }

    internal static string? SealedText(JsonNode? node) =>
        node is JsonObject { Count: 1 } map && map["secure"] is JsonValue value && value.GetValueKind() == JsonValueKind.String
            ? value.GetValue<string>()
            : null;

    internal static bool HasSealed(JsonNode? node) => SealedText(node) is not null || node switch
    {
        JsonObject map => map.Any(entry => HasSealed(entry.Value)),
        JsonArray list => list.Any(HasSealed),
        _ => false,
    };

    private static JsonNode? Opened(JsonNode? node, Func<string, string> open)
    {
        if (SealedText(node) is { } ciphertext)
        {
            return open(ciphertext);
        }
        return node switch
        {
            JsonObject map => new JsonObject(map.Select(entry => KeyValuePair.Create(entry.Key, Opened(entry.Value, open)))),
            JsonArray list => new JsonArray([.. list.Select(item => Opened(item, open))]),
            _ => node?.DeepClone(),
        };
    }
}
