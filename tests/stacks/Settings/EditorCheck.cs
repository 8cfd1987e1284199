using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Stacks.Settings.Generating;
using Stacks.Settings.Reading;

namespace Tests.Stacks.Settings;

/// <summary>
/// Holds every stack file that a test reads to the schema of the editors: what one setting alone makes wrong is red there as well, and what the program takes
/// is not.
/// </summary>
internal static class EditorCheck
{
    // The schema as the code makes it; that the committed one is the same, GeneratedDocumentsTests holds.
    private static readonly Lazy<JsonSchema> Schema = new(() => JsonSchema.FromText(EditorSchema.Render()));

    /// <summary>The reading again, once the editor agrees with it.</summary>
    public static ReadSettings Agreed(RawSettings raw)
    {
        var read = SettingsValidation.Read(raw);
        var errors = Errors(Document(raw));
        if (read.Problems.IsEmpty)
        {
            errors.ShouldBeEmpty(Document(raw).ToJsonString());
        }
        else if (read.Malformed.Any(problem => IsOfOneSetting(problem) && !IsBeyondEditors(problem)))
        {
            errors.ShouldNotBeEmpty($"{string.Join('\n', read.Malformed)}\n{Document(raw).ToJsonString()}");
        }

        return read;
    }

    /// <summary>What an editor marks, each with its place.</summary>
    public static string[] Errors(JsonNode document)
    {
        var results = Schema.Value.Evaluate(
            JsonSerializer.SerializeToElement(document), new EvaluationOptions { OutputFormat = OutputFormat.List });
        return results.IsValid
            ? []
            :
            [
                .. (results.Details ?? [])
                    .SelectMany(result => (result.Errors ?? new Dictionary<string, string>()).Select(error => $"{result.InstanceLocation}: {error.Value}"))
                    .DefaultIfEmpty("is refused without a reason"),
            ];
    }

    // A secret that is missing is missed by a setting elsewhere, and an encrypted text may hold anything.
    private static bool IsOfOneSetting(global::Stacks.Settings.SettingsProblem problem) =>
        !problem.Fix.Contains("config set --secret", StringComparison.Ordinal) || problem.What.Contains("plain text", StringComparison.Ordinal);

    // No expression tells what is YAML, and what is in it.
    private static bool IsBeyondEditors(global::Stacks.Settings.SettingsProblem problem) => problem.What == "is not YAML" || problem.Path.Key == "affinity";

    private static JsonObject Document(RawSettings raw)
    {
        var config = new JsonObject();
        foreach (var (key, text) in raw.Values)
        {
            config[$"platform:{key}"] = raw.SecretKeys.Contains(key) ? new JsonObject { ["secure"] = "v1:sealed" } : Value(text);
        }

        foreach (var key in raw.ForeignKeys)
        {
            config[key] = "given";
        }

        return new JsonObject { ["config"] = config };
    }

    // As YAML has it: what looks like JSON is no text.
    private static JsonNode? Value(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}
