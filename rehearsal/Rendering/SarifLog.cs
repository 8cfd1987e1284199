using System.Text.Json;
using Rehearsal.Auditing;
using Rehearsal.Wire;

namespace Rehearsal.Rendering;

/// <summary>What every report for code scanning has in common: SARIF 2.1.0 (OASIS, sarif-v2.1.0-os), one run of one tool.</summary>
internal static class SarifLog
{
    private const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

    /// <summary>The report.</summary>
    /// <param name="tool">Whose it is.</param>
    /// <param name="rules">Writes the rules, each an object.</param>
    /// <param name="results">Writes the results, each an object.</param>
    public static string Text(string tool, Action<Utf8JsonWriter> rules, Action<Utf8JsonWriter> results) => JsonText.Write(JsonText.Lines, json =>
    {
        json.WriteStartObject();
        json.WriteString("$schema", Schema);
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", tool);
        json.WriteStartArray("rules");
        rules(json);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteStartArray("results");
        results(json);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>A text for people, on one line.</summary>
    public static void Message(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", Terminal.OneLine(text));
        json.WriteEndObject();
    }

    /// <summary>A file as a relative reference, which code scanning wants below the root of the repository.</summary>
    public static string Uri(string path) => string.Join('/', path.Split('/').Select(System.Uri.EscapeDataString));

    public static string Level(Severity severity) => severity switch
    {
        Severity.Critical or Severity.High => "error",
        Severity.Medium => "warning",
        _ => "note",
    };
}
