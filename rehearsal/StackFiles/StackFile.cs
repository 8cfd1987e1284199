using System.Text.Json.Nodes;

namespace Rehearsal.StackFiles;

/// <summary>What one stack says: <c>Pulumi.&lt;stack&gt;.yaml</c>, with secrets still sealed.</summary>
/// <param name="Path">The file, or null for a stack without one.</param>
/// <param name="SecretsProvider">Who seals its secrets; null and <c>passphrase</c> mean a passphrase.</param>
/// <param name="EncryptionSalt">The passphrase scheme's salt and check value.</param>
/// <param name="Config">Values by full key.</param>
public sealed record StackFile(string? Path, string? SecretsProvider, string? EncryptionSalt, IReadOnlyDictionary<string, ConfigValue> Config)
{
    private static readonly string[] Keys = ["config", "encryptedkey", "encryptionsalt", "environment", "secretsprovider"];

    /// <summary>Where it names environments of Pulumi ESC; null when it names none.</summary>
    public string? EnvironmentPlace { get; init; }

    /// <summary>Whether a value in it is sealed.</summary>
    public bool HasSealedValues => Config.Values.Any(value => value.IsSecret);

    public static StackFile Empty { get; } = new(null, null, null, new Dictionary<string, ConfigValue>());

    /// <summary>Reads a stack's file.</summary>
    /// <exception cref="BadInputException">The file cannot be read or used; the message has line and column.</exception>
    public static StackFile Read(string path, string project) => From(YamlFile.Read(path), path, project);

    /// <summary>Reads a text that is, or is to become, the content of a stack's file.</summary>
    /// <exception cref="BadInputException">The text cannot be used; the message has line and column.</exception>
    internal static StackFile Parse(string path, string text, string project) => From(YamlFile.Parse(path, text), path, project);

    private static StackFile From(YamlFile file, string path, string project)
    {
        foreach (var (key, _) in file.Root.Entries)
        {
            if (Keys.Contains(key.Value, StringComparer.Ordinal))
            {
                continue;
            }
            throw file.At(
                key,
                $"'{YamlText.Shown(key.Value)}' is not a key of a stack file.",
                $"{Nearest.DidYouMean(YamlText.Shown(key.Value), Keys)}Allowed are {string.Join(", ", Keys)}; settings stand under `config:`.");
        }
        var section = file.Mapping("config");
        var config = section is null ? [] : ConfigReader.Read(file, section, project);
        return new StackFile(path, file.Text("secretsprovider"), file.Text("encryptionsalt"), config)
        {
            EnvironmentPlace =
                file.Root.Find("environment") is { } node && !YamlFile.IsNull(node) && node is not YamlList { Items.Count: 0 } ? file.Place(node) : null,
        };
    }
}

/// <summary>Turns the values under <c>config:</c> into what Pulumi makes of them.</summary>
/// <remarks>
/// A scalar is its own text (<c>3</c>, <c>true</c>, <c>yes</c>), a list or mapping JSON text with sorted keys, <c>secure: v1:…</c> a sealed value at any depth.
/// A key without a namespace belongs to the project; <c>project:config:key</c> is an old spelling of <c>project:key</c>. Dots and brackets are part of a
/// key's name: what <c>pulumi config set --path</c> was given stands in the file as lists and mappings.
/// </remarks>
internal static class ConfigReader
{
    public static SortedDictionary<string, ConfigValue> Read(YamlFile file, YamlMap section, string project)
    {
        var values = new SortedDictionary<string, ConfigValue>(StringComparer.Ordinal);
        foreach (var (key, node) in section.Entries)
        {
            var name = FullKey(key.Value, project);
            if (name is null)
            {
                throw file.At(
                    key,
                    $"'{YamlText.Shown(key.Value)}' is not a configuration key.",
                    $"A key is a name, or a namespace and a name: `{project}:name`.");
            }
            if (!values.TryAdd(name, Value(file, node)))
            {
                throw file.At(key, $"'{YamlText.Shown(key.Value)}' sets {name} a second time.", "Keep one of the two.");
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
        return @namespace.Length == 0 || name.Length == 0 || name.Contains(':', StringComparison.Ordinal) || key.Any(char.IsWhiteSpace)
            ? null
            : $"{@namespace}:{name}";
    }

    public static ConfigValue Value(YamlFile file, YamlNode node) => node is YamlScalar scalar
        ? new ConfigValue(YamlScalars.IsNull(scalar) ? "" : scalar.Value, IsSecret: false, IsObject: false, file.Place(node))
        : ConfigValue.From(ToJson(node)!, file.Place(node));

    public static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlScalar scalar => YamlScalars.ToJson(scalar),
        YamlList list => new JsonArray([.. list.Items.Select(ToJson)]),
        YamlMap map => new JsonObject(
            map.Entries.Select(entry => KeyValuePair.Create(entry.Key.Value, ToJson(entry.Value))).OrderBy(entry => entry.Key, StringComparer.Ordinal)),
        _ => null,
    };
}
