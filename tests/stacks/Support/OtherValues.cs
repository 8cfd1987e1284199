using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Rehearsal.StackFiles;
using Stacks.Settings.Declaring;
using Stacks.Settings.Generating;

namespace Tests.Stacks.Support;

/// <summary>Values that an operator could give a setting instead of the one that a stack file has, likely ones first.</summary>
internal static partial class OtherValues
{
    private static readonly string[] Quantities = ["20Gi", "2Gi", "512Mi", "500m", "2"];

    private static readonly string[] Durations = ["45s", "2m0s", "48h"];

    /// <summary>
    /// Where a declared setting stands in a stack file, with its concept, and the group around it where the file leaves that out; null where the file has
    /// nothing to change it in.
    /// </summary>
    public static (string Concept, string Path, string? Group)? Place(CatalogEntry entry, IReadOnlyDictionary<string, string> config)
    {
        var parts = entry.At.Text.Split(':')[1].Split('.');
        if (parts.Length < 2 || config.GetValueOrDefault($"platform:{parts[0]}") is not { Length: > 0 } text || JsonNode.Parse(text) is not JsonObject node)
        {
            return null;
        }
        List<string> path = [];
        foreach (var part in parts[1..^1])
        {
            var key = part switch
            {
                "<name>" when node.Count > 0 => node.First().Key,
                _ when part.EndsWith("[]", StringComparison.Ordinal) => "",
                _ => part,
            };
            if (key.Length == 0 || key.Contains('.', StringComparison.Ordinal))
            {
                return null;
            }
            path.Add(key);
            if (node[key] is not JsonObject below)
            {
                return path.Count == parts.Length - 2 && !node.ContainsKey(key) && parts[^1] is not "<name>" && part is not "<name>"
                    ? (parts[0], string.Join('.', [.. path, parts[^1]]), string.Join('.', path)) : null;
            }
            node = below;
        }
        return parts[^1] is "<name>" ? null : (parts[0], string.Join('.', [.. path, parts[^1]]), null);
    }

    /// <summary>Other values as JSON; null to take the setting out.</summary>
    public static IEnumerable<string?> Of(CatalogEntry entry, JsonNode? given)
    {
        var setting = entry.Setting;
        var present = given?.ToJsonString() ?? (entry.Owner.DefaultOf(setting) is { } value ? Json(setting.Shape.Kind, SettingText.Write(value)) : null);
        IEnumerable<string?> values =
        [
            .. setting.Shape.Kind switch
            {
                ShapeKind.Boolean => ["true", "false"],
                ShapeKind.Choice => setting.Shape.Choices.Select(Text),
                ShapeKind.WholeNumber => Numbers(present),
                ShapeKind.Text => [.. Examples(setting), .. Texts(setting, present)],
                ShapeKind.AllowList => ["\"all\"", "[]", "[12345]"],
                ShapeKind.List => Shorter(given),
                _ => [],
            },
            .. Examples(setting),
        ];
        return (given is null || setting.IsRequired ? values : values.Append(null)).Where(other => other != present).Distinct(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Numbers(string? present)
    {
        var number = int.TryParse(present, CultureInfo.InvariantCulture, out var known) ? known : 1;
        int[] others = [number + 1, number - 1, number * 2, number + 10, 7, 30, 90, 443];
        return others.Where(other => other >= 0).Select(other => other.ToString(CultureInfo.InvariantCulture));
    }

    private static IEnumerable<string> Texts(SettingDeclaration setting, string? present)
    {
        foreach (var choice in setting.Form?.Choices ?? [])
        {
            yield return Text(choice);
        }
        if (present?.Trim('"') is { Length: > 0 } text)
        {
            // Twice as much of what is counted: 20Gi, 45s
            if (Counted().Match(text) is { Success: true } counted
            && int.TryParse(counted.Groups["number"].Value, CultureInfo.InvariantCulture, out var number))
            {
                yield return Text($"{number * 2}{counted.Groups["unit"].Value}");
            }
            yield return Text($"{text}x");
            yield return Text(text.Replace("example.com", "other.example.com", StringComparison.Ordinal));
        }
        foreach (var other in (string[])["other", .. Quantities, .. Durations])
        {
            yield return Text(other);
        }
    }

    private static IEnumerable<string> Shorter(JsonNode? given) => given is JsonArray { Count: > 1 } list
        ? [new JsonArray([.. list.SkipLast(1).Select(item => item!.DeepClone())]).ToJsonString()] : [];

    private static IEnumerable<string> Examples(SettingDeclaration setting)
    {
        foreach (var example in new[] { setting.Setting.Example, setting.Rule?.Example, setting.Form?.Example }.OfType<string>())
        {
            YamlNode? node;
            try
            {
                node = YamlFile.Parse("example.yaml", $"value: {example}").Root.Find("value");
            }
            catch (global::Rehearsal.BadInputException)
            {
                continue;
            }
            var json = Json(node!)?.ToJsonString() ?? "null";
            yield return json;
            if (setting.Shape.Kind == ShapeKind.List)
            {
                yield return $"[{json}]";
            }
        }
    }

    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMap map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key.Value, Json(entry.Value)))),
        YamlList list => new JsonArray([.. list.Items.Select(Json)]),
        YamlScalar { IsPlain: true, Value: "true" or "false" } scalar => JsonValue.Create(scalar.Value == "true"),
        YamlScalar { IsPlain: true } scalar when long.TryParse(scalar.Value, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        YamlScalar scalar => JsonValue.Create(scalar.Value),
        _ => null,
    };

    private static string Text(string text) => JsonValue.Create(text).ToJsonString();

    [GeneratedRegex(@"^(?<number>\d+)(?<unit>[A-Za-z]*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Counted();

    private static string Json(ShapeKind kind, string text) => kind is ShapeKind.WholeNumber or ShapeKind.Boolean ? text : Text(text);
}
