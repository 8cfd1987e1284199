using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Rehearsal.StackFiles;

/// <summary>The configuration a program gets: full keys to text, secrets open.</summary>
/// <param name="Values">Text by full key; lists and mappings are JSON text.</param>
/// <param name="SecretKeys">The keys that hold a secret.</param>
public sealed record StackConfig(ImmutableSortedDictionary<string, string> Values, ImmutableSortedSet<string> SecretKeys)
{
    /// <summary>The stack's values, the project's defaults where it has none, each checked against the type that the project declares.</summary>
    /// <param name="project">The project.</param>
    /// <param name="stack">The stack's name, for messages.</param>
    /// <param name="file">The stack's file.</param>
    /// <param name="open">Opens a sealed value; called only when there is one.</param>
    /// <exception cref="BadInputException">Values are missing, have another type, or are plain where the project wants them sealed: all of them in one
    /// message.</exception>
    public static StackConfig Read(ProjectFile project, string stack, StackFile file, Func<string, string> open)
    {
        var sealedValues = new Dictionary<string, ConfigValue>(file.Config, StringComparer.Ordinal);
        var problems = new List<string>();
        foreach (var setting in project.Settings.OrderBy(setting => setting.Key, StringComparer.Ordinal))
        {
            if (sealedValues.TryGetValue(setting.Key, out var given))
            {
                // As with Pulumi, a key without a type is not checked
                if (setting is { IsSecret: true, Type: not null } && !given.IsSecret)
                {
                    problems.Add($"{given.Place}: {setting.Key} has to be sealed. Seal it with `./platform secret {stack} {setting.Key}`.");
                }
            }
            else if (setting.Default is { } fallback)
            {
                sealedValues[setting.Key] = fallback;
            }
            else if (setting.Key.StartsWith(project.Name + ":", StringComparison.Ordinal))
            {
                problems.Add($"{setting.Key} is missing; {ProjectFile.FileName} declares it without a default. Add it under `config:`.");
            }
        }
        var values = sealedValues.ToImmutableSortedDictionary(entry => entry.Key, entry => entry.Value.Open(open), StringComparer.Ordinal);
        problems.AddRange(project.Settings
            .Where(setting => setting.Type is not null && values.ContainsKey(setting.Key)
            && !ConfigType.Accepts(setting.Type, values[setting.Key], sealedValues[setting.Key].IsObject))
            .Select(setting => $"{sealedValues[setting.Key].Place}: {setting.Key} has to be of type {setting.Type}, as {ProjectFile.FileName} says."));
        if (problems.Count > 0)
        {
            throw new BadInputException(string.Join('\n', problems));
        }
        return new StackConfig(values, [.. sealedValues.Where(entry => entry.Value.IsSecret).Select(entry => entry.Key)]);
    }
}

/// <summary>Whether a configuration value has the type that <c>Pulumi.yaml</c> declares for its key.</summary>
internal static class ConfigType
{
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
