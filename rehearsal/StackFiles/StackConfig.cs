using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Protocol;
using Rehearsal.Wire;

namespace Rehearsal.StackFiles;

/// <summary>The configuration a program gets: full keys to text, secrets open.</summary>
/// <param name="Values">Text by full key; lists and mappings are JSON text.</param>
/// <param name="SecretKeys">The keys that hold a secret.</param>
/// <param name="UnknownKeys">Those of them of which a sealed part could not be opened.</param>
public sealed record StackConfig(
    ImmutableSortedDictionary<string, string> Values, ImmutableSortedSet<string> SecretKeys, ImmutableSortedSet<string> UnknownKeys)
{
    /// <summary>
    /// What stands for a sealed text that cannot be opened: the text by which SDKs mark values that only a deployment knows, so that a property that is
    /// nothing but the secret is unknown in the plan, and one that holds it among other text still is secret (ADR 15).
    /// </summary>
    public const string Unknown = WireSignatures.UnknownString;

    /// <summary>What Linux takes as one variable, name and end included (MAX_ARG_STRLEN).</summary>
    private const int MaxVariableBytes = 128 * 1024;

    /// <summary>The stack's values, the project's defaults where it has none, each checked against the type that the project declares.</summary>
    /// <param name="project">The project.</param>
    /// <param name="stack">The stack's name, for messages.</param>
    /// <param name="file">The stack's file.</param>
    /// <param name="open">Opens a sealed value, given with its key and place; null when it has to stay unknown. Called only when there is one.</param>
    /// <exception cref="BadInputException">Values are missing, have another type, are plain where the project wants them sealed (all of them in one
    /// message), or are more than a program can get.</exception>
    public static StackConfig Read(ProjectFile project, string stack, StackFile file, Func<string, KeyPlace, string?> open)
    {
        if (file.EnvironmentPlace is { } place)
        {
            throw new BadInputException(
                [new FileProblem(place, Key: null, "`environment` takes settings from Pulumi ESC, which only the official CLI can open.")],
                "Put the values under `config:` of a copy without `environment`, and give it with --config-file.");
        }
        var places = ConfigPlaces.Of(project, file);
        var config = new Dictionary<string, ConfigValue>(file.Config, StringComparer.Ordinal);
        var problems = WithDefaults(project, stack, places, config);
        var unknown = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        var values = config.ToImmutableSortedDictionary(entry => entry.Key, entry => Open(entry.Key, entry.Value), StringComparer.Ordinal);
        foreach (var setting in project.Settings.Where(setting => setting.Type is not null))
        {
            var path = setting.Path;
            if (unknown.Contains(path.Root))
            {
                // Programs read a number or a list at once: any will do where the real one is not known
                if (path.Steps.Count == 0 && values[path.Root] == Unknown)
                {
                    values = values.SetItem(path.Root, ConfigType.Unknown(setting.Type!));
                }
            }
            else if (path.Find(config) is { } value
                && !ConfigType.Accepts(setting.Type!, value.Open(ciphertext => open(ciphertext, Where(setting.Key, value, ciphertext)) ?? ""), value.IsObject))
            {
                problems.Add(places.About(setting.Key, $"has to be of type {setting.Type}, as {ProjectFile.FileName} says."));
            }
        }
        if (problems.Count > 0)
        {
            throw new BadInputException(problems);
        }
        CheckSize(values, places);
        return new StackConfig(
            values, [.. config.Where(entry => entry.Value.IsSecret).Select(entry => entry.Key)], unknown.ToImmutable());

        string Open(string key, ConfigValue value) => value.Open(ciphertext =>
        {
            if (open(ciphertext, Where(key, value, ciphertext)) is { } text)
            {
                return text;
            }
            unknown.Add(key);
            return Unknown;
        });

        KeyPlace Where(string key, ConfigValue value, string ciphertext) => new(places.FindSealed(ciphertext) ?? value.Place, key);
    }

    private static List<FileProblem> WithDefaults(ProjectFile project, string stack, ConfigPlaces places, Dictionary<string, ConfigValue> config)
    {
        var problems = new List<FileProblem>();
        foreach (var setting in project.Settings.OrderBy(setting => setting.Key, StringComparer.Ordinal))
        {
            if (setting.Path.Find(config) is { } given)
            {
                // As with Pulumi, a key without a type is not checked
                if (setting is { IsSecret: true, Type: not null } && !given.IsSecret)
                {
                    problems.Add(places.About(setting.Key, $"has to be sealed. Seal it with `./platform secret {stack} {setting.Key}`."));
                }
            }
            else if (setting.Default is { } fallback)
            {
                if (!setting.Path.Set(config, fallback))
                {
                    problems.Add(places.About(setting.Path.Root, $"has no room for {setting.Key}, of which {ProjectFile.FileName} has a default."));
                }
            }
            else if (setting.Key.StartsWith(project.Name + ":", StringComparison.Ordinal))
            {
                problems.Add(places.About(setting.Key, $"is missing; {ProjectFile.FileName} declares it without a default. Add it under `config:`."));
            }
        }
        return problems;
    }

    private static void CheckSize(ImmutableSortedDictionary<string, string> values, ConfigPlaces places)
    {
        var room = MaxVariableBytes - ProgramVariables.Config.Length - "=\0".Length;
        var bytes = Encoding.UTF8.GetByteCount(JsonText.Object(values));
        if (bytes <= room)
        {
            return;
        }
        var (key, text) = values.MaxBy(entry => entry.Value.Length);
        throw new BadInputException(
            [places.About(key, $"has {Encoding.UTF8.GetByteCount(text):N0} bytes; with it the settings are {bytes:N0}, and a program can get {room:N0}.")],
            "Keep large content in a file beside the program, or in an object store, and put its name here.");
    }
}

/// <summary>Whether a configuration value has the type that <c>Pulumi.yaml</c> declares for its key.</summary>
internal static class ConfigType
{
    /// <summary>A value of that type where the real one cannot be opened.</summary>
    public static string Unknown(string type) => type switch
    {
        "integer" => "0",
        "boolean" => "false",
        "object" => "{}",
        "string" => StackConfig.Unknown,
        _ => "[]",
    };

    public static bool Accepts(string type, string text, bool isObject)
    {
        if (!isObject)
        {
            return AcceptsText(type, text);
        }
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
        JsonValueKind.Array
            => type.StartsWith("array<", StringComparison.Ordinal) && value.EnumerateArray().All(item => AcceptsJson(type["array<".Length..^1], item)),
        _ => false,
    };
}
