using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Rehearsal.Auditing;
using Rehearsal.Comparing;
using Rehearsal.Wire;

namespace Rehearsal.Rendering;

/// <summary>Writes findings for code scanning: SARIF 2.1.0 (OASIS, sarif-v2.1.0-os), with the fields that GitHub reads.</summary>
internal static class AuditSarif
{
    private const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

    public static string Text(Audit audit) => JsonText.Write(JsonText.Lines, json => Write(json, audit)) + "\n";

    private static void Write(Utf8JsonWriter json, Audit audit)
    {
        ImmutableArray<Rule> rules = [.. Rules.All];
        json.WriteStartObject();
        json.WriteString("$schema", Schema);
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "Studio Platform audit");
        json.WriteStartArray("rules");
        foreach (var rule in rules)
        {
            Write(json, rule);
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteStartArray("results");
        foreach (var finding in audit.Findings)
        {
            Write(json, finding, rules.IndexOf(finding.Rule), Place(audit.Comparison.New));
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Rule rule)
    {
        json.WriteStartObject();
        json.WriteString("id", rule.Id);
        Message(json, "shortDescription", rule.Title);
        Message(json, "fullDescription", rule.Reason);
        json.WriteStartObject("defaultConfiguration");
        json.WriteString("level", Level(rule.Severity));
        json.WriteEndObject();
        json.WriteStartObject("properties");
        json.WriteString("security-severity", rule.Severity switch
        {
            Severity.Critical => "9.5",
            Severity.High => "8.0",
            Severity.Medium => "5.5",
            _ => "3.0",
        });
        json.WriteStrings("tags", ["infrastructure", "security"]);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Finding finding, int index, string place)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Rule.Id);
        json.WriteNumber("ruleIndex", index);
        json.WriteString("level", Level(finding.Severity));
        var detail = finding.Detail.Length == 0 ? "" : $", {finding.Detail}";
        Message(json, "message", $"{finding.Rule.Title}: {finding.Change.Type} {finding.Change.Name}{detail}. {finding.Rule.Reason}");
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", place);
        json.WriteEndObject();
        json.WriteStartObject("region");
        json.WriteNumber("startLine", 1);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartArray("logicalLocations");
        json.WriteStartObject();
        json.WriteString("name", finding.Change.Name);
        json.WriteString("fullyQualifiedName", finding.Change.Urn.Value);
        json.WriteString("kind", "resource");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("partialFingerprints");
        json.WriteString("finding/v1", Fingerprint(finding));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Message(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", Terminal.OneLine(text));
        json.WriteEndObject();
    }

    private static string Level(Severity severity) => severity switch
    {
        Severity.Critical or Severity.High => "error",
        Severity.Medium => "warning",
        _ => "note",
    };

    // A finding of a resource is about its stack's file, which is what a reviewer of a pull request has before them
    private static string Place(Side side) => Uri.EscapeDataString(side.Kind == SideKind.Rehearsal ? $"Pulumi.{side.Stack}.yaml" : Path.GetFileName(side.Name));

    private static string Fingerprint(Finding finding)
        => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{finding.Rule.Id}\n{finding.Change.Urn}\n{finding.Detail}")))[..32];
}
